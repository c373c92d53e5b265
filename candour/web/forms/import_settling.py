"""What somebody settles about the columns of a file, read from the form, and what is wrong."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext as _

from candour.experiences.intake.header_words import LEAVE, THEME, THEMES
from candour.experiences.intake.mapping import FIELDS
from candour.experiences.intake.settled import Settled, as_guessed
from candour.experiences.waiting import Seen

LONGEST: Final = 100
FELT: Final = ("1", "2", "3", "4", "5")
LANGUAGES: Final = ("en", "cy", "unknown")
MEANINGS: Final = frozenset({*FIELDS, THEME, THEMES, LEAVE})
ONCE: Final = ("answer", THEMES)
HOW, NAME, SOURCE, SHEET, LINE = "how", "name", "source", "sheet", "line"
DATES, LANGUAGE, SEPARATOR = "dates", "language", "separator"
SETTLED: Final = "settled"  # as on this page, and not by a mapping that there is


@dataclass(frozen=True, slots=True)
class Settling:
    """A form about a file's columns, as it is shown or was sent.

    Attributes:
        settled: what the columns mean.
        how: the name of the mapping to read it by, or `SETTLED`.
        name: what the mapping made of it is to be called.
        line: the line where the columns are named, as typed.
        sheet: the sheet.
        faults: what is wrong, by field.
    """

    settled: Settled
    how: str
    name: str
    line: str
    sheet: str
    faults: Mapping[str, str] = field(default_factory=dict)


def blank(seen: Seen, stem: str, fits: str | None) -> Settling:
    """Return the form as it is shown first: as guessed, or by the mapping that fits."""
    settled = as_guessed(seen.glimpse, stem)
    return Settling(settled, fits or SETTLED, stem, str(seen.glimpse.header_line), seen.sheet)


def sent(given: Mapping[str, str], seen: Seen, stem: str, fitting: frozenset[str]) -> Settling:
    """Return the form as it was sent, with its faults."""
    form = blank(seen, stem, None)
    how = given.get(HOW, SETTLED)
    settled = _settled(given, form.settled)
    form = replace(
        form,
        settled=settled,
        how=how if how in fitting else SETTLED,
        name=_short(given.get(NAME, form.name)),
        line=given.get(LINE, form.line)[:9],
        sheet=given.get(SHEET, form.sheet),
    )
    return form if form.how != SETTLED else replace(form, faults=_faults(form))


def _settled(given: Mapping[str, str], guessed: Settled) -> Settled:
    meant = {}
    for place, (key, guess) in enumerate(guessed.columns.items()):
        said = given.get(f"column-{place}", guess)
        meant[key] = said if said in MEANINGS else LEAVE
    felt = {
        value: said
        for place, value in enumerate(guessed.felt)
        if (said := given.get(f"felt-{place}", guessed.felt[value])) in FELT
    }
    language = given.get(LANGUAGE, guessed.language)
    return replace(
        guessed,
        columns=meant,
        felt={**dict.fromkeys(guessed.felt, ""), **felt},
        source=_short(given.get(SOURCE, guessed.source)),
        month_first=given.get(DATES, "") == "month",
        language=language if language in LANGUAGES else "unknown",
        separator=given.get(SEPARATOR, guessed.separator)[:3] or ";",
    )


def _faults(form: Settling) -> dict[str, str]:
    faults = {}
    counted = Counter(form.settled.columns.values())
    places = {meant: place for place, meant in enumerate(form.settled.columns.values())}
    if not counted["answer"]:
        faults["column-0"] = _("Say which column holds what people said")
    for meant in ONCE:
        if counted[meant] > 1:
            said = _("Only one column can hold what people said, and one all the themes")
            faults[f"column-{places[meant]}"] = said
    if not form.name:
        faults[NAME] = _("Give the mapping a name, so that the next such file is read alike")
    if not form.settled.source:
        faults[SOURCE] = _("Say where the experiences come from")
    return faults


def _short(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:LONGEST]
