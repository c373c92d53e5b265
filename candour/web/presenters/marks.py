"""Words taken out, as a page shows them: the text with its places, and each place with a choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from candour.deidentifying import Sort
from candour.experiences.marking import places_in_answer
from candour.experiences.marks_waiting import ToCheck
from candour.experiences.models import Experience, ExperienceMark, FoundBy, MarkState
from candour.web import dates
from candour.web.presenters.excerpts import whole
from candour.web.presenters.experiences import lang

SORTS: Mapping[str, Promise] = {
    Sort.NAME.value: gettext_lazy("Name"),
    Sort.NHS_NUMBER.value: gettext_lazy("NHS number"),
    Sort.NI_NUMBER.value: gettext_lazy("National Insurance number"),
    Sort.POSTCODE.value: gettext_lazy("Postcode"),
    Sort.PHONE.value: gettext_lazy("Phone number"),
    Sort.EMAIL.value: gettext_lazy("Email address"),
    Sort.BIRTH_DATE.value: gettext_lazy("Date of birth"),
}
STATES: Mapping[str, Promise] = {
    MarkState.WAITING: gettext_lazy("out, and waits to be checked"),
    MarkState.CONFIRMED: gettext_lazy("stays out"),
    MarkState.RESTORED: gettext_lazy("put back"),
}


@dataclass(frozen=True, slots=True)
class MarkChoice:
    """One place: its number in the text, what sort of words, and the words where they are open."""

    id: int
    nth: int
    sort: str
    words: str
    kept: bool
    chosen: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One text with the places in it that wait."""

    number: int
    words: Markup
    lang: str
    marks: tuple[MarkChoice, ...]


def marked_text(
    each: ToCheck, given: Mapping[int, str], chosen: Mapping[int, str] | None = None
) -> MarkedText:
    """Return one text to check.

    Args:
        each: the experience and its marks.
        given: the words as given of the experiences that are open, by their numbers.
        chosen: what was chosen before for each mark, by its id.
    """
    opened, before = given.get(each.experience.pk), chosen or {}
    return MarkedText(
        number=each.experience.pk,
        words=marked_words(each.experience, each.marks),
        lang=lang(each.experience),
        marks=tuple(
            MarkChoice(
                id=mark.pk,
                nth=nth,
                sort=str(SORTS[mark.sort]),
                words=opened[mark.begin : mark.end] if opened else "",
                kept=mark.kept,
                chosen=before.get(mark.pk, ""),
            )
            for nth, mark in enumerate(each.waiting, start=1)
        ),
    )


def marked_words(experience: Experience, marks: Sequence[ExperienceMark]) -> Markup:
    """Return an answer with the places marked where words are out."""
    places = places_in_answer(marks, experience.language)
    out = [(begin, end) for mark, begin, end in places if mark.state != MarkState.RESTORED]
    return whole(experience.answer, out)


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One place, what holds of it, and who said so when."""

    sort: str
    state: str
    said: tuple[str, ...]


def mark_lines(marks: Sequence[ExperienceMark]) -> list[MarkLine]:
    """Return a line for each place of one text, with every decision about it."""
    return [MarkLine(_sort(mark), str(STATES[mark.state]), tuple(_said(mark))) for mark in marks]


def _sort(mark: ExperienceMark) -> str:
    sort = str(SORTS[mark.sort])
    return _("%(sort)s, found by a person") % {"sort": sort} if _by_hand(mark) else sort


def _by_hand(mark: ExperienceMark) -> bool:
    return mark.found_by == FoundBy.PERSON


def _said(mark: ExperienceMark) -> list[str]:
    return [
        _("%(what)s: %(who)s, %(when)s")
        % {"what": STATES[each.state], "who": each.by.name, "when": dates.moment(each.at)}
        for each in sorted(mark.decisions.all(), key=lambda one: one.pk)
    ]
