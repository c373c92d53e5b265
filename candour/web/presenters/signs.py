"""Safeguarding signs in words: what waits, why it is here, by when, and what was said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from candour.engine.london import local
from candour.experiences.matching import Span, joined
from candour.experiences.models import ExperienceSign, SafeguardingLook, SignState
from candour.experiences.signs_waiting import DANGER, SEEN
from candour.safeguarding import Sort
from candour.web import dates
from candour.web.presenters.excerpts import LENGTH, excerpt, whole
from candour.web.presenters.experiences import about, lang, received

MIDNIGHT = time(0)
SORTS: Mapping[str, Promise] = {
    DANGER: gettext_lazy("Somebody is in danger now"),
    SEEN: gettext_lazy("Put here by somebody who read it"),
    Sort.SELF_HARM.value: gettext_lazy("Self-harm or suicide"),
    Sort.SEXUAL.value: gettext_lazy("Sexual safety"),
    Sort.CHILD.value: gettext_lazy("A child at risk"),
    Sort.ABUSE.value: gettext_lazy("Abuse"),
    Sort.NEGLECT.value: gettext_lazy("Neglect"),
    Sort.HARM.value: gettext_lazy("Serious harm"),
    Sort.MEDICATION.value: gettext_lazy("Medicines"),
    Sort.REPRISAL.value: gettext_lazy("Made to suffer for speaking up, or afraid of it"),
}
SAID: Mapping[str, Promise] = {
    SignState.WAITING: gettext_lazy("Waits again"),
    SignState.CONCERN: gettext_lazy("A safeguarding concern"),
    SignState.NO_CONCERN: gettext_lazy("No safeguarding concern"),
}


@dataclass(frozen=True, slots=True)
class SignRow:
    """One experience to be looked at.

    Attributes:
        sorts: what sorts of signs, the gravest first.
        why: the words that are signs.
        words: the part of the answer around the first of them, marked.
        look, due: how pressing it is, as a look of the status tags and in words.
        notes: what else to know: it was taken further up, it may be about the past.
    """

    number: int
    experience: int
    address: str
    sorts: tuple[str, ...]
    why: tuple[str, ...]
    words: Markup
    lang: str
    about: str
    received: str
    look: str
    due: str
    notes: tuple[str, ...]


def sign_row(sign: ExperienceSign, now: datetime) -> SignRow:
    """Return one line of the list."""
    experience = sign.experience
    return SignRow(
        number=sign.pk,
        experience=experience.pk,
        address=reverse("safeguarding-sign", args=[sign.pk]),
        sorts=sorts(sign),
        why=why(sign),
        words=excerpt(experience.answer, places(sign), LENGTH),
        lang=lang(experience),
        about=about(experience),
        received=received(experience.received_on),
        look="late" if now >= sign.look_by else "today",
        due=due(sign, now),
        notes=tuple(_notes(sign)),
    )


def sorts(sign: ExperienceSign) -> tuple[str, ...]:
    """Return the sorts of signs in words, the gravest first."""
    return tuple(str(SORTS.get(sort, sort)) for sort in sign.sorts)


def why(sign: ExperienceSign) -> tuple[str, ...]:
    """Return the words that are signs, each once."""
    return tuple(dict.fromkeys(each["words"] for each in sign.found))


def words_of(sign: ExperienceSign) -> Markup:
    """Return the whole answer with the words marked that are signs."""
    return whole(sign.experience.answer, places(sign))


def places(sign: ExperienceSign) -> list[Span]:
    """Return where the words that are signs stand in the answer; those since taken out nowhere."""
    answer, found = sign.experience.answer.casefold(), list[Span]()
    if len(answer) != len(sign.experience.answer):
        answer = sign.experience.answer
    for words in why(sign):
        wanted, place = words.casefold(), 0
        while wanted and (place := answer.find(wanted, place)) >= 0:
            found.append((place, place + len(wanted)))
            place += len(wanted)
    return joined(found)


def due(sign: ExperienceSign, now: datetime) -> str:
    """Return by when somebody has to have looked, in words: the day where that is its end."""
    at = local(sign.look_by)
    if at.time() == MIDNIGHT:
        when = _("the end of %(day)s") % {"day": dates.day(at.date() - timedelta(days=1))}
    else:
        when = dates.moment(sign.look_by)
    if now >= sign.look_by:
        return _("Nobody looked by %(when)s") % {"when": when}
    return _("Look by %(when)s") % {"when": when}


def _notes(sign: ExperienceSign) -> list[str]:
    notes = []
    if sign.escalated_at:
        notes.append(_("Taken up to the head of the organisation"))
    if sign.past:
        notes.append(_("May be about the past"))
    return notes


@dataclass(frozen=True, slots=True)
class LookRow:
    """What somebody who looked said."""

    said: str
    reason: str
    who: str


def look_rows(looks: Sequence[SafeguardingLook]) -> list[LookRow]:
    """Return what was said of one sign, the newest first."""
    ordered = sorted(looks, key=lambda look: look.pk, reverse=True)
    return [
        LookRow(
            str(SAID[look.state]),
            look.reason,
            _("%(who)s, %(when)s") % {"who": look.by.name, "when": dates.moment(look.at)},
        )
        for look in ordered
    ]
