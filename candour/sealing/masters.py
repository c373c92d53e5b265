"""Master keys: 32 random bytes each, kept outside the database, several at once.

A key is known by its id, ten characters worked out from the key itself, so that a file or a
variable that was damaged or mistaken for another is noticed. Keys come from

* the environment: ``CANDOUR_KEYS``, keys in base64 separated by commas, the first one current;
* the folder ``keys`` in the site's home: ``ID.key``, readable by its owner alone, and ``current``,
  which names the one that seals.

Nothing is kept in memory: a key that is taken away opens nothing from that moment on.
"""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from candour.database.home import kept_folder
from candour.sealing.errors import DoesNotOpen, KeyNotHere

VARIABLE: Final = "CANDOUR_KEYS"
LENGTH: Final = 32
NONCE: Final = 12
CURRENT: Final = "current"
OWNER_ONLY: Final = 0o077  # bits that nobody but the owner may have
ENVIRONMENT: Final = "environment"


@dataclass(frozen=True, slots=True)
class MasterKey:
    """A master key: its id, the key, and where it came from (a path, or the environment)."""

    id: str
    secret: bytes = field(repr=False)
    place: str

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        """Return a data key encrypted; it comes out again only with the same ``bound``."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self.secret).encrypt(nonce, key, bound)

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """Return the data key of `wrap`.

        Raises:
            DoesNotOpen: it was wrapped by another key, for another body, or was changed.
        """
        try:
            return AESGCM(self.secret).decrypt(wrapped[:NONCE], wrapped[NONCE:], bound)
        except (InvalidTag, ValueError) as error:
            raise DoesNotOpen(
                f"A body’s key is not what the master key {self.id} wrapped. Somebody changed the "
                "database: compare it with a backup."
            ) from error


@dataclass(frozen=True, slots=True)
class Masters:
    """The master keys that are here, by id, and the one that seals; and what is wrong with any."""

    keys: Mapping[str, MasterKey]
    current: MasterKey | None
    faults: tuple[str, ...] = ()

    def get(self, key_id: str) -> MasterKey:
        """Return a key by its id.

        Raises:
            KeyNotHere: it is not on this machine.
        """
        try:
            return self.keys[key_id]
        except KeyError:
            raise KeyNotHere(
                f"The master key {key_id} is not here, so what it sealed stays sealed. Put "
                f"{key_id}.key back into {keys_folder()}, from where you keep it."
            ) from None

    def sealing(self) -> MasterKey:
        """Return the key that seals now.

        Raises:
            KeyNotHere: there is none.
        """
        if self.current is None:
            raise KeyNotHere(
                f"There is no master key in {keys_folder()}, so nothing can be sealed. Put back "
                "the one this site had; or, if it is lost, make another: candour keys new"
            )
        return self.current


def keys_folder() -> Path:
    """Return the folder of the key files, made when missing, for its owner alone."""
    return kept_folder("keys")


def masters_here() -> Masters:
    """Return the master keys that are on this machine at this moment."""
    faults: list[str] = []
    from_environment = dict(_in_environment(faults))
    from_folder = dict(_in_folder(faults))
    current = next(iter(from_environment.values()), None) or _named(from_folder, faults)
    return Masters({**from_folder, **from_environment}, current, tuple(faults))


def make_master(*, first_only: bool = False) -> MasterKey:
    """Make a master key, keep it in a file, and let it seal from now on.

    Args:
        first_only: where a key seals already, give back that one and make none; of two processes
            that ask at once, one makes it.
    """
    secret = secrets.token_bytes(LENGTH)
    folder, name = keys_folder(), key_id(secret)
    path = folder / f"{name}.key"
    _write(path, base64.b64encode(secret).decode() + "\n")
    current = folder / CURRENT
    if not first_only:
        _write(current, name + "\n")
    elif not _write_first(current, name + "\n"):
        path.unlink()  # another process was first, or there was one
        return masters_here().sealing()
    return MasterKey(name, secret, str(path))


def key_id(secret: bytes) -> str:
    """Return the id of a key; of the key it tells nothing that helps anybody."""
    return hmac.new(secret, b"candour master key", hashlib.sha256).hexdigest()[:10]


def _in_environment(faults: list[str]) -> Iterator[tuple[str, MasterKey]]:
    for number, text in enumerate(os.environ.get(VARIABLE, "").split(","), start=1):
        if not text.strip():
            continue
        secret = _read(text)
        if secret is None:
            faults.append(f"Key {number} in {VARIABLE} is not 32 bytes in base64.")
        else:
            yield key_id(secret), MasterKey(key_id(secret), secret, ENVIRONMENT)


def _in_folder(faults: list[str]) -> Iterator[tuple[str, MasterKey]]:
    for path in sorted(keys_folder().glob("*.key")):
        try:
            text, mode = path.read_text(encoding="ascii", errors="replace"), path.stat().st_mode
        except FileNotFoundError:
            continue  # it was taken away, or made by a process that was not the first
        secret = _read(text)
        if secret is None or key_id(secret) != path.stem:
            faults.append(f"{path} is damaged: it is not the key {path.stem}. Put a copy back.")
            continue
        if mode & OWNER_ONLY:
            faults.append(f"{path} can be read by others. Close it: chmod 600 {path}")
        yield path.stem, MasterKey(path.stem, secret, str(path))


def _named(keys: Mapping[str, MasterKey], faults: list[str]) -> MasterKey | None:
    """Return the key that the folder names as current; the only one needs no naming."""
    path = keys_folder() / CURRENT
    name = path.read_text(encoding="ascii", errors="replace").strip() if path.exists() else ""
    if name in keys:
        return keys[name]
    if name:
        faults.append(f"{path} names the key {name}, and {name}.key is not there.")
    return next(iter(keys.values())) if len(keys) == 1 else None


def _read(text: str) -> bytes | None:
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == LENGTH else None


def _draft(path: Path, text: str) -> Path:
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return Path(draft)


def _write(path: Path, text: str) -> None:
    _draft(path, text).replace(path)


def _write_first(path: Path, text: str) -> bool:
    """Write a file that is not there yet; return whether this process was the one to."""
    draft = _draft(path, text)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
