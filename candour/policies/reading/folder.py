"""The files of a pack put together: a folder of YAML files, each top-level part in one of them.

Letters are long, so documents and their templates may stand in several files, one to a subject.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from candour.policies.faults import Fault, Place
from candour.policies.reading.nodes import Mapped, Node, described
from candour.policies.reading.yaml_files import read_file

ENDINGS: Final = (".yaml", ".yml")
VERSIONS: Final = "versions"  # the folder of a pack in which earlier versions of it lie
SPREAD: Final = ("documents", "templates")  # parts that may go on in another file, by subject
LONGEST_NAME: Final = 80  # letters of a wrong name that a message repeats


def there_is(path: Path) -> bool:
    """Say whether there is something at `path`; at a name that no system takes there is not."""
    try:
        return path.exists()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Say whether there is a folder at `path`; see `there_is`."""
    return there_is(path) and path.is_dir()


def pack_files(path: Path) -> list[Path]:
    """Return the files of the pack at `path`, a folder or a single file, in order of name."""
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.suffix in ENDINGS and file.is_file())
    return [path]


def read_part(path: Path, part: str, faults: list[Fault]) -> Node | None:
    """Return one top-level part of the pack at `path`, reading only the files that may hold it."""
    begins = re.compile(rf"^[\"']?{re.escape(part)}[\"']?\s*:".encode(), re.MULTILINE)
    files = [file for file in pack_files(path) if _may_hold(file, begins)]
    whole = _put_together(Mapped(Place(str(path))), files, faults)
    return whole.items.get(part)


def _may_hold(file: Path, begins: re.Pattern[bytes]) -> bool:
    try:
        return bool(begins.search(file.read_bytes()))
    except OSError:
        return True  # reading it says why it cannot be read


def read_pack(path: Path, faults: list[Fault]) -> Mapped | None:
    """Return the parts of the pack at `path`, or None where nothing in it can be read.

    Places name files as they would be typed from where `path` was given.
    """
    whole = Mapped(Place(str(path), 1, 1) if path.is_file() else Place(str(path)))
    files = pack_files(path)
    if not files:
        message = "There is no .yaml file in this folder. A pack has at least one."
        faults.append(Fault(Place(str(path)), message))
    return whole if _put_together(whole, files, faults).items else None


def _put_together(whole: Mapped, files: Iterable[Path], faults: list[Fault]) -> Mapped:
    for file in files:
        before = len(faults)
        node = read_file(file, str(file), faults)
        if isinstance(node, Mapped):
            _add(whole, node, faults)
        elif len(faults) == before:
            found = described(node) if node else "empty"
            message = f"A file of a pack holds named parts (procedure, steps …); this is {found}."
            faults.append(Fault(Place(str(file), 1, 1), message))
    return whole


def _add(whole: Mapped, node: Mapped, faults: list[Fault]) -> None:
    for name, item in node.items.items():
        held = whole.items.get(name)
        if held is None:
            whole.items[name] = item
            whole.named_at[name] = node.named_at[name]
        elif name in SPREAD and isinstance(held, Mapped) and isinstance(item, Mapped):
            _add(held, item, faults)
        else:
            first = whole.named_at[name]
            message = f"“{name}” stands in {Path(first.file).name} already, on line {first.line}."
            faults.append(
                Fault(node.named_at[name], f"{message} Put the two together in one file.")
            )
