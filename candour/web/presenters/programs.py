"""Tokens of programs in words: what each reads, until when, and when it was last used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.api.models import ApiToken, Part
from candour.people.models import Post
from candour.web import dates
from candour.web.forms.controls import Choice
from candour.web.spoken import spoken


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token: `number` revokes it while it opens something, and is empty afterwards."""

    number: str
    name: str
    ending: str
    body: str
    reads: str
    look: str
    state: str
    when: str
    used: str


def token_lines(tokens: Iterable[ApiToken], moment: datetime) -> list[TokenLine]:
    """Return a line for each token, those that open something first."""
    lines = [_line(token, moment) for token in tokens]
    return sorted(lines, key=lambda line: not line.number)


def _line(token: ApiToken, moment: datetime) -> TokenLine:
    look, state, when = _state(token, moment)
    words = dict(_words())
    return TokenLine(
        number=str(token.pk) if look == "met" else "",
        name=token.name,
        ending=token.ending,
        body=token.body.name_in(spoken()),
        reads=", ".join(words[Part(part)] for part in token.may),
        look=look,
        state=state,
        when=when,
        used=dates.moment(token.used_at) if token.used_at else _("never"),
    )


def _state(token: ApiToken, moment: datetime) -> tuple[str, str, str]:
    if token.revoked_at:
        return "cancelled", _("Revoked"), dates.day(token.revoked_at)
    if moment >= token.expires_at:
        return "cancelled", _("Expired"), dates.day(token.expires_at)
    return "met", _("Open"), _("until %(day)s") % {"day": dates.day(token.expires_at)}


def _words() -> list[tuple[Part, str]]:
    return [
        (Part.CASES, _("Cases: numbers, titles, steps, what is due and in force in each")),
        (Part.DUTIES, _("What is due, in all cases")),
        (Part.RESTRICTIONS, _("Restrictions, and whether somebody may be placed")),
        (Part.RECOMMENDATIONS, _("Recommendations, and what was answered")),
        (Part.PROCEDURES, _("Procedures: steps and clocks")),
    ]


def parts() -> list[Choice]:
    """Return what a token can be made to read."""
    return [Choice(part.value, words) for part, words in _words()]


def organisations(posts: Iterable[Post]) -> list[Choice]:
    """Return the organisations that a person can make a token for."""
    return [Choice(post.body.slug, post.body.name_in(spoken())) for post in posts]


def lifetimes(days: Sequence[int]) -> list[Choice]:
    """Return how long a token can open."""
    words = [ngettext("%(n)s day", "%(n)s days", each) % {"n": each} for each in days]
    return [Choice(str(each), said) for each, said in zip(days, words, strict=True)]
