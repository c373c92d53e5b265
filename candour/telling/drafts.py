"""Drafts: what was typed so far, kept for a while so that a bad line loses nothing.

The key is made from a secret that lives in the browser's cookie alone. The database holds the
sealed words and a hash by which they are found, and neither opens the other.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Self
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection
from django.utils.crypto import constant_time_compare, salted_hmac

from candour.database.row_security import acting_for
from candour.telling.models import Draft

LASTS: Final = timedelta(hours=24)
LONGEST_SECRET: Final = 60
_NONCE: Final = 12
_SALT: Final = "candour.telling.draft"
Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody is writing.

    Attributes:
        key: the form's own key: sent twice, it is taken once.
        began: when it was begun, as ISO 8601.
        answers: what was typed, under the names of the fields.
        done: the pages that were answered.
        sent: it was sent, and its answers are gone from here.
    """

    key: str
    began: str
    answers: Answers = field(default_factory=dict)
    done: tuple[str, ...] = ()
    sent: bool = False

    @classmethod
    def begun(cls, as_of: datetime) -> Self:
        """Return a form on which nothing is written yet."""
        return cls(key=str(uuid4()), began=as_of.isoformat())

    def first(self, name: str) -> str:
        """Return the one answer under a name, or nothing."""
        return next(iter(self.answers.get(name, ())), "")

    def answering(self, page: str, answers: Answers) -> Self:
        """Return it with the answers of one page."""
        done = self.done if page in self.done else (*self.done, page)
        return replace(self, answers={**self.answers, **answers}, done=done)

    def so_far(self, page: str, answers: Answers, *, fit: bool) -> Self:
        """Return it with what stands on a page that was not sent; unfit, it is not answered."""
        done = self.done if fit else tuple(each for each in self.done if each != page)
        return replace(self, answers={**self.answers, **answers}, done=done)


def new_secret() -> str:
    """Return a secret for a browser to keep, with a sign that it is of this site."""
    secret = secrets.token_urlsafe(32)
    return f"{secret}.{_signed(secret)}"


def begun_here(secret: str) -> bool:
    """Say whether a secret is one that this site gave out; nothing is asked of the database."""
    if not secret.isascii() or len(secret) > LONGEST_SECRET:
        return False
    begins, _, sign = secret.partition(".")
    return constant_time_compare(sign, _signed(begins))


def _signed(secret: str) -> str:
    made = salted_hmac(_SALT, secret, secret=settings.SECRET_KEY, algorithm="sha256")
    return made.hexdigest()[:16]


def keep(secret: str, writing: Writing, *, body_id: int, as_of: datetime) -> None:
    """Keep a draft for as long as drafts last; one that the browser had is written over."""
    sealed = _seal(secret, body_id, writing)
    draft = Draft(
        secret_hash=hash_of(secret), body_id=body_id, sealed=sealed, dies_at=as_of + LASTS
    )
    with acting_for([body_id]):
        Draft.objects.bulk_create(
            [draft],
            update_conflicts=True,
            unique_fields=["secret_hash"],
            update_fields=["sealed", "dies_at"],
        )


def read_draft(secret: str, sealed: bytes, *, body_id: int) -> Writing | None:
    """Return what a browser has written for a body, or None where that is nothing any more."""
    if not sealed:
        return None
    return _open(secret, body_id, sealed)


def forget(secret: str, *, body_id: int) -> None:
    """Delete a draft."""
    if not hash_of(secret):
        return
    with acting_for([body_id]):
        Draft.objects.filter(secret_hash=hash_of(secret), body_id=body_id).delete()


def forget_dead(as_of: datetime) -> int:
    """Delete every draft whose time is up, of whichever body, and return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body_id FROM telling_dead_drafts(%s)", [as_of])
        bodies = [body_id for (body_id,) in cursor.fetchall()]
    if not bodies:
        return 0
    with acting_for(bodies):
        gone, _ = Draft.objects.filter(dies_at__lte=as_of).delete()
    return gone


def hash_of(secret: str) -> bytes:
    """Return what a draft is found by; nothing for what can be no secret of ours."""
    if not secret.isascii() or not 0 < len(secret) <= LONGEST_SECRET:
        return b""
    return hashlib.sha256(b"candour draft " + secret.encode()).digest()


def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"candour draft key " + secret.encode()).digest())


def _seal(secret: str, body_id: int, writing: Writing) -> bytes:
    said: dict[str, Any] = {
        "key": writing.key,
        "began": writing.began,
        "answers": {name: list(values) for name, values in writing.answers.items()},
        "done": list(writing.done),
        "sent": writing.sent,
    }
    nonce = secrets.token_bytes(_NONCE)
    plain = json.dumps(said, ensure_ascii=False).encode()
    return nonce + _cipher(secret).encrypt(nonce, plain, str(body_id).encode())


def _open(secret: str, body_id: int, sealed: bytes) -> Writing | None:
    try:
        plain = _cipher(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], str(body_id).encode())
    except InvalidTag:
        return None
    said = json.loads(plain)
    return Writing(
        key=said["key"],
        began=said["began"],
        answers={name: tuple(values) for name, values in said["answers"].items()},
        done=tuple(said["done"]),
        sent=said["sent"],
    )
