"""What a list of experiences can be narrowed by: the options with their counts, what is chosen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.experiences.in_use import WordsInUse
from candour.experiences.queries import Choice, Facets
from candour.web import dates
from candour.web.experience_search import DAYS, NOT_SAID, ExperienceSearch
from candour.web.presenters.feelings import felt_words

MOST_SERVICES = 300  # in a list to choose from; the rest are found by searching
RATINGS = ("very good", "good", "neither good nor poor", "poor", "very poor", "don't know")


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a filter."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, which a person may take away: its name, and what it says."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class FilterPanel:
    """The options of each filter, what is in force, and how many experiences that leaves."""

    services: Sequence[Option]
    themes: Sequence[Option]
    feelings: Sequence[Option]
    ratings: Sequence[Option]
    sources: Sequence[Option]
    links: Sequence[Option]
    chips: Sequence[Chip]
    total: str


def filter_panel(search: ExperienceSearch, facets: Facets, in_use: WordsInUse) -> FilterPanel:
    """Return the panel beside a list."""
    services = (
        Choice(service.value or NOT_SAID, service.count)
        for service in facets.services[:MOST_SERVICES]
    )
    typed = search.typed
    return FilterPanel(
        services=_options(services, typed.get("service"), _service_words),
        themes=_options(facets.themes, typed.get("theme"), str),
        feelings=[
            Option(each.value, _counted(felt_words(int(each.value)), each.count))
            for each in facets.sentiments
        ],
        ratings=_plain(sorted(in_use.ratings, key=_place_of_rating), typed.get("rating")),
        sources=_plain(in_use.sources, typed.get("source")),
        links=[Option(value, words) for value, words in _linked_words().items()],
        chips=list(_chips(search)),
        total=_total(facets),
    )


def _options(
    choices: Iterable[Choice], chosen: str | None, words_of: Callable[[str], str]
) -> list[Option]:
    """Return the options in order of the alphabet; the one chosen stays, even with a count of 0."""
    counts = {choice.value: choice.count for choice in choices}
    if chosen is not None:
        counts.setdefault(chosen, 0)
    order = sorted(counts, key=lambda value: (value == NOT_SAID, value.casefold()))
    return [Option(value, _counted(words_of(value), counts[value])) for value in order]


def _plain(values: Sequence[str], chosen: str | None) -> list[Option]:
    more = [chosen] if chosen and chosen not in values else []
    return [Option(value, value) for value in (*values, *more)]


def _counted(words: str, count: int) -> str:
    return f"{words} ({count:,})"


def _service_words(value: str) -> str:
    return _("Service not known") if value == NOT_SAID else value


def _linked_words() -> Mapping[str, str]:
    return {"yes": _("In a case"), "no": _("Not in a case")}


def _place_of_rating(rating: str) -> tuple[int, str]:
    known = RATINGS.index(rating) if rating in RATINGS else len(RATINGS)
    return known, rating


def _total(facets: Facets) -> str:
    number = f"{facets.total:,}"
    return number if facets.complete else _("%(number)s or more") % {"number": number}


def _chips(search: ExperienceSearch) -> Iterator[Chip]:
    typed, filters = search.typed, search.filters
    if search.words:
        yield Chip("q", _("Words: %(words)s") % {"words": search.words})
    if filters.service is not None:
        yield Chip("service", _service_words(typed["service"]))
    if filters.theme is not None:
        yield Chip("theme", filters.theme)
    if filters.sentiment is not None:
        yield Chip("felt", felt_words(filters.sentiment))
    if filters.rating is not None:
        yield Chip("rating", _("Rated: %(rating)s") % {"rating": filters.rating})
    for name, words in zip(DAYS, (_("From %(day)s"), _("To %(day)s")), strict=True):
        if on := search.day(name):
            yield Chip(name, words % {"day": dates.day(on)})
    if filters.source is not None:
        yield Chip("source", _("Source: %(source)s") % {"source": filters.source})
    if filters.linked is not None:
        yield Chip("linked", _linked_words()[typed["linked"]])
