"""The record of concern of a case in words: when it is due, what it rests on, those before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.documents.codes import code_of
from candour.engine import Standing
from candour.engine.vocabulary.signing import SEAL, SIGNED
from candour.signing.queries import Asked
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import entry_place
from candour.web.presenters.dues import due_words, relative, soonness
from candour.web.presenters.naming import Shown, entry_name, shown_fields
from candour.web.presenters.sight import Sight
from candour.web.presenters.signatures import request_line
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class RecordDue:
    """A time by which the record has to be signed."""

    what: str
    when: str
    relative: str
    look: str


@dataclass(frozen=True, slots=True)
class PastRecord:
    """A record put to be signed here, or signed on paper: how it stands, and its file and code."""

    when: str
    look: str
    state: str
    address: str
    file: str
    code: str
    says: tuple[Shown, ...]


def record_dues(standing: Standing, moment: datetime) -> list[RecordDue]:
    """Return when records have to be signed, soonest first."""
    owed = (o for o in standing.owed() if any(p.kind == SIGNED for p in o.duty.met_by))
    return [
        RecordDue(
            said(each.duty.title),
            due_words(each.due),
            relative(each.due, moment),
            soonness(each.due, moment),
        )
        for each in sorted(owed, key=lambda each: each.due.on or date.max)
    ]


def rests_on_lines(standing: Standing, ref: str, entries: Sequence[str]) -> list[Action]:
    """Return the entries that the record sets out, with where each stands."""
    found = (standing.entry(number) for number in entries)
    return [Action(entry_name(standing, e), entry_place(ref, e.id)) for e in found if e is not None]


def past_records(
    standing: Standing, requests: Sequence[Asked], record: str, sight: Sight
) -> list[PastRecord]:
    """Return the records of a case, newest first: those put to be signed, then those on paper."""
    here = [_asked(standing, each, sight) for each in requests if each.document.record == record]
    paper = [
        PastRecord(
            when=dates.day(entry.happened_at),
            look="met",
            state=_("Signed on paper"),
            address=entry_place(sight.ref, entry.id),
            file="",
            code="",
            says=shown_fields(
                standing.procedure_of(entry.id), SIGNED, entry.data, without=("record",)
            ),
        )
        for entry in standing.by_kind.get(SIGNED, ())
        if entry.data.get("record") == record and not entry.data.get(SEAL)
    ]
    return [*here, *reversed(paper)]


def _asked(standing: Standing, asked: Asked, sight: Sight) -> PastRecord:
    line = request_line(asked, sight.ref, sight.moment)
    return PastRecord(
        when=dates.day(asked.request.asked_at),
        look=line.look,
        state=line.state,
        address=line.address,
        file=reverse("case-signature-file", args=[sight.ref, asked.request.pk]),
        code=code_of(asked.document.seal),
        says=shown_fields(standing.procedure, SIGNED, asked.request.data),
    )
