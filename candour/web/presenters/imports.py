"""Imports as pages show them: the list, what a file comes to, and how far a job is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from candour.experiences.actions import Stage
from candour.experiences.intake.dates import How, Order
from candour.experiences.models import FileState, Import, ImportTurn, WaitingFile
from candour.web import dates
from candour.web.presenters.import_words import MEANINGS, ORDERS, SETTLED_BY, STAGES, reason
from candour.web.status import status_tag

WIDTH: Final = 600
HUNDRED: Final = 100
STATES: Final = {
    FileState.SETTLING: ("open", "settle"),
    FileState.CHECKING: ("open", "check"),
    FileState.CHECKED: ("attention", "checked"),
    FileState.TAKING: ("open", "take"),
    FileState.FAILED: ("late", "failed"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of imports."""

    address: str
    name: str
    when: str
    who: str
    came: str
    tag: Markup


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file's rows, as a bar and its table show it."""

    words: str
    count: int
    shade: str
    begins: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """Something told of some rows: what, how many, and where it was first met."""

    words: str
    count: int
    where: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a file comes to.

    Attributes:
        facts: what it is and how it was read.
        parts: what becomes of its rows; they add up to all.
        read: how many rows were read.
        skipped: why rows are skipped.
        told: what else there is to tell of rows.
        dates: how dates are read.
    """

    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    read: int
    skipped: tuple[Line, ...]
    told: tuple[Line, ...]
    dates: tuple[Line, ...]


def listed_file(waiting: WaitingFile) -> Listed:
    """Return the line of a file that was not taken in yet."""
    kind, word = STATES[FileState(waiting.state)]
    words = {
        "settle": _("Columns to settle"),
        "check": _("Being looked through"),
        "checked": _("Ready to take in"),
        "take": _("Being taken in"),
        "failed": _("Could not be read"),
    }
    return Listed(
        reverse("import-file", args=[waiting.pk]),
        waiting.file_name,
        dates.moment(waiting.sent_at),
        waiting.sent_by.name if waiting.sent_by else _("The command line"),
        _size(waiting.size),
        status_tag(kind, words[word]),
    )


def listed_import(batch: Import) -> Listed:
    """Return the line of an import."""
    if batch.turning:
        tag = status_tag("open", _("Under way"))
    elif batch.undone_at:
        tag = status_tag("cancelled", _("Undone"))
    else:
        tag = status_tag("met", _("Taken in"))
    return Listed(
        reverse("import", args=[batch.pk]),
        batch.file_name,
        dates.moment(batch.imported_at),
        batch.imported_by.name if batch.imported_by else _("The command line"),
        experiences(batch.taken),
        tag,
    )


def report_of(told: Mapping[str, Any]) -> Report:
    """Return what a report says, in the language of the page."""
    repeated = told["duplicates_in_file"]["count"]
    skipped = sum(seen["count"] for seen in told["skipped"].values())
    rows = told["rows_read"]
    counts = (
        (_("Would be taken") if told["dry_run"] else _("Taken"), told["taken"], "#0f7a52"),
        (_("There already, left as they are"), told["already_there"], "#1d70b8"),
        (_("Repeated in the file"), repeated, "#912b88"),
        (_("Skipped"), skipped, "#505a5f"),
    )
    return Report(
        _facts(told),
        tuple(_parts(counts, rows)),
        rows,
        tuple(_line(reason(why), seen) for why, seen in told["skipped"].items()),
        tuple(_told(told)),
        tuple(_dates(told["dates"])),
    )


def _parts(counts: Sequence[tuple[str, int, str]], rows: int) -> list[Part]:
    found, begins = [], 0.0
    for words, count, shade in counts:
        width = WIDTH * count / rows if rows else 0.0
        found.append(Part(words, count, shade, round(begins, 1), round(width, 1)))
        begins += width
    return found


def _facts(told: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    sheet, others = told.get("sheet", ""), told.get("other_sheets", [])
    encodings = {"mixed": _("Mixed"), "cp1252": "Windows-1252"}
    line = told.get("header_line", 1)
    pairs = (
        (_("Read with the mapping"), told["mapping"]),
        (_("Sheet"), sheet),
        (_("Sheets that are not read"), ", ".join(others)),
        (_("Letters kept as"), encodings.get(told["encoding"], told["encoding"].upper())),
        (_("Columns named on line"), str(line) if line > 1 else ""),
        (_("Columns left out"), ", ".join(told["unknown_columns"])),
    )
    return tuple((key, value) for key, value in pairs if value)


def _told(told: Mapping[str, Any]) -> list[Line]:
    lines = [_line(reason(what), seen) for what, seen in told["noted"].items()]
    changed, repeated = told["already_there_with_other_words"], told["duplicates_in_file"]
    if changed["count"]:
        words = _("There already with other words, left as they were")
        lines.insert(0, _line(words, changed))
    if repeated["count"]:
        words = _("Repeats the number of a row above, of which the first counts")
        lines.insert(0, _line(words, repeated))
    return lines


def _dates(told: Mapping[str, Any]) -> list[Line]:
    lines = []
    for name, settled in told.items():
        field = str(MEANINGS[name])
        for way in settled["settled"]:
            words = f"{field}: {SETTLED_BY[How(way['how'])]} ({ORDERS[Order(way['order'])]})"
            lines.append(_line(words, {"count": way["count"], "first_lines": way["first_lines"]}))
        if settled["empty"]:
            lines.append(Line(f"{field}: {_('No date given')}", settled["empty"], ""))
    return lines


def _line(words: str, seen: Mapping[str, Any]) -> Line:
    first = ", ".join(f"{line:,}" for line in seen["first_lines"])
    more = ", …" if seen["count"] > len(seen["first_lines"]) > 0 else ""
    return Line(words, seen["count"], first + more)


@dataclass(frozen=True, slots=True)
class Turned:
    """An import undone or done again, in words."""

    words: str
    when: str
    kept: tuple[int, ...]
    kept_words: str


def turned(turn: ImportTurn) -> Turned:
    """Return what was done, by whom, and what stayed as it was."""
    who = turn.by.name if turn.by else _("The command line")
    moved = experiences(turn.moved)
    if turn.undone:
        words = _("Undone by %(who)s: %(moved)s taken out of use") % {"who": who, "moved": moved}
        kept_words = _("These stayed, because cases rest on them:")
    else:
        words = _("Done again by %(who)s: %(moved)s put back") % {"who": who, "moved": moved}
        kept_words = _("These had come in again by another import, and are counted there:")
    return Turned(words, dates.moment(turn.at), tuple(turn.kept), kept_words)


def stage_words(waiting: WaitingFile) -> str:
    """Return what a job is doing with a file, and how far that is."""
    if waiting.stage not in Stage.__members__:
        return _("Waiting for its turn.")
    percent = f"{int(waiting.part * HUNDRED)} %"
    return f"{STAGES[Stage[waiting.stage]]}: {percent}"


def experiences(count: int) -> str:
    """Return so many experiences in words."""
    number = f"{count:,}"
    return ngettext("%(number)s experience", "%(number)s experiences", count) % {"number": number}


def _size(size: int) -> str:
    kilobytes = max(1, round(size / 1000))
    return f"{kilobytes / 1000:.1f} MB" if kilobytes >= 1000 else f"{kilobytes} kB"
