"""The folder that holds what a site writes: its database, its secrets and its logs."""

import os
import secrets
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def home_folder() -> Path:
    """Return the site's own folder: ``CANDOUR_HOME``, or ``var`` beside the package."""
    chosen = os.environ.get("CANDOUR_HOME", "").strip()
    return Path(chosen).expanduser().resolve() if chosen else PROJECT / "var"


def kept_secret(name: str) -> str:
    """Return the random secret kept under this name, making it the first time.

    The file is readable by its owner alone. Two processes that ask at once get the same secret.
    """
    path = home_folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # fails when another process was first: theirs is the one kept
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
