"""Verdicts: what a try at sending came to, from what the server said or from what went wrong."""

import smtplib
from dataclasses import dataclass

from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError

from candour.mail.models import Outcome

LONGEST = 500  # characters of a server's words that are kept
TOO_LARGE = 552  # to “MAIL FROM”, of the one message whose size was announced
FOR_GOOD = 500
REFUSED_BY_PROVIDER = (400, 413, 422)  # HTTP: the request itself is at fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a try: the outcome, the server's code where it gave one, and what was said."""

    outcome: Outcome
    said: str
    code: int | None = None


def taken(said: str) -> Verdict:
    """Return the verdict on a message that the server took."""
    code = said[:3]
    return Verdict(Outcome.SENT, _short(said), int(code) if code.isdigit() else None)


def verdict_on(trouble: Exception) -> Verdict:
    """Return what a try came to that ended in an exception.

    A server's 5xx about the recipient or the message itself is for good. Whatever else goes wrong
    (no connection, no sign-in, a certificate, a provider's bad day) says nothing about this message
    and may be otherwise in an hour.
    """
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(trouble.recipients.values()))
        return _answered(code, words, for_good=code >= FOR_GOOD)
    if isinstance(trouble, smtplib.SMTPResponseException):
        code = trouble.smtp_code
        about_it = isinstance(trouble, smtplib.SMTPDataError) and code >= FOR_GOOD
        too_large = isinstance(trouble, smtplib.SMTPSenderRefused) and code == TOO_LARGE
        return _answered(code, trouble.smtp_error, for_good=about_it or too_large)
    return _otherwise(trouble)


def _otherwise(trouble: Exception) -> Verdict:
    """Return what a try came to in which no mail server answered."""
    if isinstance(trouble, AnymailRecipientsRefused):
        return Verdict(Outcome.REFUSED, _short(str(trouble)))
    if isinstance(trouble, AnymailRequestsAPIError):
        for_good = trouble.status_code in REFUSED_BY_PROVIDER
        return _answered(trouble.status_code, str(trouble), for_good=for_good)
    words = f"{type(trouble).__name__}: {trouble}" if str(trouble) else type(trouble).__name__
    return Verdict(Outcome.DEFERRED, _short(words))


def _answered(code: int | None, words: bytes | str, *, for_good: bool) -> Verdict:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    outcome = Outcome.REFUSED if for_good else Outcome.DEFERRED
    return Verdict(outcome, _short(f"{code or ''} {text}"), code)


def _short(words: str) -> str:
    """Return words as one line of bounded length, without what no database or screen takes."""
    shown = "".join(letter if letter.isprintable() else " " for letter in words)
    line = " ".join(shown.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
