"""What people told us, in the words of the list, of one experience, and of several together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from candour.experiences.models import Experience, Import, Language, OutBecause
from candour.web import dates
from candour.web.presenters.excerpts import LENGTH, Span, excerpt
from candour.web.presenters.feelings import felt_tag

MOST_THEMES = 4  # in a row of the list


@dataclass(frozen=True, slots=True)
class ExperienceRow:
    """One experience of a list.

    Attributes:
        number: its number.
        address: its own page.
        words: what was said, or the part of it that a search found.
        lang: the language it was said in ("en" or "cy"), or nothing where that is not known.
        about: the service and the organisation, as far as they are known.
        themes: what it is about, in one line.
        felt: how it felt, as a word with its shape.
        received: the day it was received, in words.
        cases: the numbers of the cases that rest on it.
        identifiable: it may name or describe a person.
        chosen: it is selected.
    """

    number: int
    address: str
    words: Markup
    lang: str
    about: str
    themes: str
    felt: Markup
    received: str
    cases: tuple[str, ...]
    identifiable: bool
    chosen: bool = False


def experience_row(  # one keyword for each thing that a row is made from
    experience: Experience,
    *,
    query: str = "",
    found: Sequence[Span] = (),
    cases: Sequence[str] = (),
    chosen: bool = False,
    length: int = LENGTH,
) -> ExperienceRow:
    """Return a row of a list; its page keeps the list's query for the way back."""
    return ExperienceRow(
        number=experience.pk,
        address=reverse("experience", args=[experience.pk]) + query,
        words=excerpt(experience.answer, found, length),
        lang=lang(experience),
        about=about(experience),
        themes=_shortened(experience.themes),
        felt=felt_tag(experience.sentiment),
        received=received(experience.received_on),
        cases=tuple(cases),
        identifiable=experience.identifiable,
        chosen=chosen,
    )


def lang(experience: Experience) -> str:
    """Return the language code of an answer for a page to mark it up with, or nothing."""
    return "" if experience.language == Language.UNKNOWN else experience.language


def about(experience: Experience) -> str:
    """Return the service and the organisation in one line."""
    parts = (experience.service_name, experience.organisation)
    return ", ".join(part for part in parts if part) or _("Service not known")


def received(on: date | None) -> str:
    """Return the day on which something was received, in words."""
    return dates.day(on) if on else _("Day not known")


def _shortened(themes: Sequence[str]) -> str:
    more = len(themes) - MOST_THEMES
    words = "; ".join(themes[:MOST_THEMES])
    if more <= 0:
        return words
    return ngettext("%(themes)s; and %(num)s more", "%(themes)s; and %(num)s more", more) % {
        "themes": words,
        "num": more,
    }


# -- one experience ----------------------------------------------------------------------------

Fact = Mapping[str, str]


def out_of_use(experience: Experience) -> str:
    """Return since when and why an experience is out of use, or nothing while it is in use."""
    if experience.out_since is None:
        return ""
    reasons = {
        OutBecause.IMPORT_UNDONE: _("the import that brought it was undone"),
        OutBecause.WITHDRAWN: _("the person withdrew it"),
        OutBecause.DUPLICATE: _("it is held twice"),
    }
    return _("Taken out of use on %(when)s: %(why)s. No list, search or count shows it.") % {
        "when": dates.moment(experience.out_since),
        "why": reasons[OutBecause(experience.out_because)],
    }


def facts(experience: Experience) -> list[Fact]:
    """Return what is known of an experience, the empty facts left out."""
    languages = {Language.ENGLISH: _("English"), Language.WELSH: _("Welsh")}
    pairs = (
        (_("Received"), received(experience.received_on)),
        (_("Happened"), dates.day(experience.happened_on) if experience.happened_on else ""),
        (_("Service"), experience.service_name),
        (_("Kind of service"), experience.service_kind),
        (_("Organisation"), experience.organisation),
        (_("What was asked"), experience.question),
        (_("Rating given"), experience.rating),
        (_("How it felt"), felt_tag(experience.sentiment)),
        (_("Themes"), "; ".join(experience.themes)),
        (_("Language"), languages.get(Language(experience.language), _("Not known"))),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def provenance(experience: Experience) -> list[Fact]:
    """Return where an experience came from: the file, its row there, and who took it in when."""
    batch: Import | None = experience.batch
    pairs = [(_("Source"), experience.source), (_("Its own number there"), experience.source_ref)]
    if batch is not None:
        when = {"when": dates.moment(batch.imported_at)}
        if batch.imported_by:
            taken = _("%(when)s, by %(who)s") % {**when, "who": batch.imported_by.name}
        else:
            taken = _("%(when)s, from the command line") % when
        pairs += [
            (_("File"), batch.file_name),
            (_("Taken in"), taken),
            (_("Read with the mapping"), batch.mapping),
            (_("Taken from that file"), _experiences(batch.taken)),
        ]
    else:
        pairs.append((_("Taken in"), dates.moment(experience.created_at)))
    return [{"key": key, "value": value} for key, value in pairs]


def _experiences(count: int) -> str:
    number = f"{count:,}"
    return ngettext("%(number)s experience", "%(number)s experiences", count) % {"number": number}


# -- several together --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that several experiences say, and how many say it."""

    words: str | Markup
    count: int


@dataclass(frozen=True, slots=True)
class Together:
    """What several experiences come to.

    Attributes:
        count: how many there are.
        services: the services they are about, the most frequent first.
        shared: the themes that more than one of them has, the most frequent first.
        felt: how they felt, from very positive on.
        span: the days on which they were received, in words.
        identifiable: how many may name or describe a person.
    """

    count: int
    services: tuple[Counted, ...]
    shared: tuple[Counted, ...]
    felt: tuple[Counted, ...]
    span: str
    identifiable: int


def together(experiences: Sequence[Experience]) -> Together:
    """Return what these experiences come to, side by side."""
    themes = Counter(theme for each in experiences for theme in dict.fromkeys(each.themes))
    felt = Counter(each.sentiment or 0 for each in experiences)
    return Together(
        count=len(experiences),
        services=_counted(Counter(about(each) for each in experiences)),
        shared=_counted({theme: count for theme, count in themes.items() if count > 1}),
        felt=tuple(Counted(felt_tag(one), felt[one]) for one in (1, 2, 3, 4, 5, 0) if felt[one]),
        span=_span(each.received_on for each in experiences),
        identifiable=sum(each.identifiable for each in experiences),
    )


def _counted(counts: Mapping[str, int]) -> tuple[Counted, ...]:
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Counted(words, count) for words, count in order)


def _span(received_on: Iterable[date | None]) -> str:
    days = sorted(day for day in received_on if day)
    if not days:
        return _("Days not known")
    if days[0] == days[-1]:
        return dates.day(days[0])
    return _("%(first)s to %(last)s") % {"first": dates.day(days[0]), "last": dates.day(days[-1])}


def only_service(experiences: Sequence[Experience]) -> int | None:
    """Return the service in the directory that all of them are about, or None."""
    services = {each.service_id for each in experiences}
    return services.pop() if len(services) == 1 else None
