"""The folder that holds what a site writes: its database, its secrets and its logs."""

import os
import secrets
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def home_folder() -> Path:
    """Return the site's own folder: ``CANDOUR_HOME``, or ``var`` beside the package."""
    chosen = os.environ.get("CANDOUR_HOME", "").strip()
    return Path(chosen).expanduser().resolve() if chosen else PROJECT / "var"


def kept_folder(name: str) -> Path:
    """Return the folder of this name in the home, made when missing, for its owner alone."""
    folder = home_folder() / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def kept_secret(name: str) -> str:
    """Return the random secret kept under this name, making it the first time.

    The file is readable by its owner alone. Two processes that ask at once get the same secret.
    """
    folder = kept_folder("secrets")
    path = folder / name
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=folder, prefix=f".{name}.")  # mode 0600
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(36))
        try:
            os.link(draft, path)  # fails when another process was first: theirs is the one kept
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text(encoding="ascii")
