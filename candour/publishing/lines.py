"""What could stand in a register: the public lines of a case, and what keeps one from being public.

Nothing here is published by itself. A person looks at each line as the public will read it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from candour.engine import Entry, Procedure, Standing, Words
from candour.engine.conditions.on_sharing import ALLOWED, WITHHELD
from candour.engine.decisions import OPEN, Decision, decisions
from candour.engine.fields import as_values
from candour.engine.london import local
from candour.engine.recipients import Recipient, recipients
from candour.engine.value_words import value_words
from candour.publishing.models import Register

REPORT = "report_published"

# Fields that say who spoke to us, by name or nearly so.
WHO_SPOKE = (
    ("evidence_added", "from_whom"),
    ("view_sought", "from_whom"),
    ("contact_made", "with_whom"),
    ("concern_raised", "reporter"),
    ("concern_raised", "reported_by"),
)
WITHHELD_BAR = Words(
    "Something that it says is withheld from somebody by a decision, and everybody reads a "
    "register. Record first that it may be shared.",
    "Mae rhywbeth y mae’n ei ddweud wedi’i ddal yn ôl oddi wrth rywun drwy benderfyniad, ac mae "
    "pawb yn darllen cofrestr. Cofnodwch yn gyntaf y gellir ei rannu.",
)
SHORTEST_NAME = 5  # characters; “Mr X” is found nowhere by accident, “Ann” in every “announced”


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the public would read it.

    Attributes:
        subject: the entry that it is about.
        values: what stands in it; texts that a procedure gives are in both languages.
        bar: why it may not be published; empty when it may.
        behind: the other entries whose words stand in it.
    """

    register: Register
    subject: str
    values: dict[str, Any]
    sorts_on: date
    bar: Words | None = None
    behind: tuple[str, ...] = ()


def lines_of(standing: Standing) -> list[Line]:
    """Return every line that a case could give to its body's registers, newest first.

    Decisions of the kinds that the procedure has published; reports and recommendations with what
    each recipient answered. Entries for members alone give none.
    """
    found = [*_decisions(standing), *_reports(standing)]
    spoke = _who_spoke(standing)
    closed = _withheld(standing)
    checked = [
        replace(line, bar=WITHHELD_BAR)
        if closed.intersection((line.subject, *line.behind))
        else _checked(line, spoke)
        for line in found
    ]
    return sorted(checked, key=lambda line: (line.sorts_on, line.subject), reverse=True)


def gives_lines(standing: Standing) -> bool:
    """Say whether a case has anything that its body could publish."""
    return any(True for _ in (*_decisions(standing), *_reports(standing)))


def _decisions(standing: Standing) -> Iterator[Line]:
    for each in decisions(standing):
        if each.public:
            yield _decision(standing, each)


def _decision(standing: Standing, each: Decision) -> Line:
    entry, procedure = each.entry, standing.procedure_of(each.entry.id)
    role = procedure.roles.get(entry.role)
    on = local(entry.happened_at).date()
    consulted = _words(procedure, entry, "consulted_roles")
    if not consulted and entry.data.get("chair_consulted"):
        consulted = [["Chair", "Cadeirydd"]]
    return Line(
        Register.DECISIONS,
        entry.id,
        {
            "on": on.isoformat(),
            "decision": _words(procedure, entry, "decision"),
            "reason": str(entry.data.get("reason", "")),
            "by": [_both(role.title)] if role else [],
            "consulted": consulted,
            "published": _day(each.published_at) if each.published_at else "",
        },
        on,
    )


def _reports(standing: Standing) -> Iterator[Line]:
    published = [e for e in standing.by_kind.get(REPORT, ()) if e.audience == OPEN]
    for each in recipients(standing):
        if each.put.audience == OPEN:
            yield _report(standing, each, published)


def _report(standing: Standing, each: Recipient, published: list[Entry]) -> Line:
    procedure = standing.procedure_of(each.put.id)
    on = local(each.put.happened_at).date()
    answer = each.answer if each.answer and each.answer.audience == OPEN else None
    since = [entry for entry in published if entry.happened_at >= each.put.happened_at]
    due = each.explain.due.on if each.explain else None
    return Line(
        Register.REPORTS,
        each.put.id,
        {
            "on": on.isoformat(),
            "to": each.name,
            "asked": str(each.put.data.get("what_is_asked") or ""),
            "basis": str(each.put.data.get("response_basis") or ""),
            "sort": _words(procedure, each.put, "recipient_kind"),
            "received": each.received_on.isoformat(),
            "due": due.isoformat() if due else "",
            "answered": _day(answer.happened_at) if answer else "",
            "late": each.answered_late,
            "state": each.state.value,
            "intends": _words(standing.procedure_of(answer.id), answer, "intends")
            if answer
            else [],
            "said": str(answer.data.get("response") or "") if answer else "",
            "published": _day(since[0].happened_at) if since else "",
            "report": str(since[0].data.get("title") or "") if since else "",
        },
        on,
        behind=tuple(entry.id for entry in (answer, *since[:1]) if entry is not None),
    )


def _day(moment: datetime) -> str:
    return local(moment).date().isoformat()


def _words(procedure: Procedure, entry: Entry, name: str) -> list[list[str]]:
    """Return a field's values in both languages."""
    return [_both(words) for words in value_words(procedure, entry, name)]


def _both(words: Words) -> list[str]:
    return [words.en, words.cy or words.en]


def _who_spoke(standing: Standing) -> set[str]:
    """Return the names under which people spoke to us, in small letters."""
    held = (
        value
        for kind, name in WHO_SPOKE
        for entry in standing.by_kind.get(kind, ())
        for value in as_values(entry.data.get(name))
    )
    return {
        " ".join(str(value).split()).casefold()
        for value in held
        if len(str(value).strip()) >= SHORTEST_NAME
    }


def _withheld(standing: Standing) -> set[str]:
    """Return the entries that a decision keeps from anybody: what all may read, they could read.

    Only a later decision that the same ones may have it lifts that.
    """
    return {
        ref
        for decision in standing.by_kind.get(WITHHELD, ())
        for ref in decision.refers_to
        if not _lifted(standing, decision, ref)
    }


def _lifted(standing: Standing, decision: Entry, ref: str) -> bool:
    since = [
        set(as_values(entry.data.get("recipients")))
        for entry in standing.by_kind.get(ALLOWED, ())
        if ref in entry.refers_to and entry.happened_at > decision.happened_at
    ]
    wanted = set(as_values(decision.data.get("recipients")))
    return bool(since) and wanted <= set().union(*since)


def _checked(line: Line, spoke: Iterable[str]) -> Line:
    text = " ".join(str(value) for value in line.values.values() if isinstance(value, str))
    plain = " ".join(text.split()).casefold()
    named = sorted(name for name in spoke if name in plain)
    if not named:
        return line
    bar = Words(
        f"It holds “{named[0]}”, under which somebody who spoke to us is in the record. Correct "
        "the entry so that nobody can be recognised; then it can be published.",
        f"Mae’n cynnwys “{named[0]}”, sef enw rhywun a siaradodd â ni. Cywirwch y cofnod fel na "
        "ellir adnabod neb; yna gellir ei gyhoeddi.",
    )
    return Line(line.register, line.subject, line.values, line.sorts_on, bar)
