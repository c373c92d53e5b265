"""The example pack of the guide, and ways to spoil it."""

from pathlib import Path

from candour import policies
from candour.policies import Reading

FOLDER = Path(__file__).parent.parent.parent / "docs" / "examples"
PACK = FOLDER / "quiet_word"
SCENARIO = FOLDER / "an_answer_over_easter.yaml"
TEXT = (PACK / "procedure.yaml").read_text("utf-8")


def changed(folder: Path, *changes: tuple[str, str]) -> Reading:
    """Return the reading of the example with each text replaced (each must be there once)."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in the example."
        text = text.replace(old, new)
    return written(folder, text)


def written(folder: Path, text: str) -> Reading:
    """Return the reading of a pack of one file with this text."""
    pack = folder / "quiet_word"
    pack.mkdir(exist_ok=True)
    (pack / "procedure.yaml").write_text(text, "utf-8")
    return policies.read(pack)
