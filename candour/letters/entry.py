"""The entry that a letter becomes in the log of its case: what it says of what was sent to whom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from candour.documents.facts.seen import SHARED_WITH
from candour.engine import Draft, Standing
from candour.engine.audiences import EVERYBODY, MEMBERS
from candour.engine.fields import Field, FieldType, is_needed
from candour.engine.kinds import Kind
from candour.engine.minutes import CIRCULATED, CORRECTS, FULL, minutes_of
from candour.engine.subjects import REFERRED
from candour.engine.templates import Audience, Template
from candour.engine.vocabulary.sharing import ABOUT_ANY
from candour.letters.recipients import Chosen, Way
from candour.letters.setting import SetLetter
from candour.letters.work import Work

# In the log these people stand by what they are, never by name: it is read by many.
UNNAMED = ("reporter", "people_supported", "families")
MOST_REFERENCES = 20


def called(each: Chosen) -> str:
    """Return how the log names a recipient."""
    return unnamed(each) or each.called


def unnamed(each: Chosen) -> str:
    """Return what the log calls a recipient whom it must not name; empty where it may."""
    return each.role if each.rule in UNNAMED else ""


def filled_in(work: Work, letters: Sequence[SetLetter]) -> dict[str, Any]:
    """Return what the system fills in of the entry, for the fields that its kind has."""
    template, kind = work.template, _kind(work)
    first = letters[0] if letters else None
    values: dict[str, Any] = {
        **_to(work.getting, kind),
        "text": first.subject if first else "",
        "what": first.subject if first else "",
        "documents": [first.subject] if first else [],
        "recipients": _kinds_of_recipient(work.getting),
        "purpose": template.purpose.en,
        "legal_basis": template.basis,
        "by": _by(work.getting),
        "channel": _by(work.getting),
    }
    known = {field.name for field in kind.fields}
    filled = {name: value for name, value in values.items() if name in known and value}
    return {**filled, **(dict(template.records.data) if template.records else {})}


def asked(work: Work) -> tuple[Field, ...]:
    """Return the fields of the entry that a person has to answer: neither system nor template do.

    Those that may stay empty are not asked: a letter says what it says. One that depends on another
    is asked beside it, or where what is filled in already makes it needed; of minutes that take the
    place of others, what they put right.
    """
    if work.template.records is None:
        return ()
    filled = filled_in(work, ())
    known = {*filled, "text", "what", "documents"}
    answers = (CORRECTS,) if any(_replaced(work)) else ()
    found: dict[str, Field] = {}
    for field in _kind(work).fields:
        if field.by_system or field.name in known:
            continue
        beside = field.needed_when is not None and field.needed_when.field in found
        if beside or field.name in answers or is_needed(field, filled):
            found[field.name] = field
    return tuple(found.values())


def entry_draft(
    work: Work, letters: Sequence[SetLetter], *, seal: str, delivery: Way, at: datetime
) -> Draft:
    """Return the entry to record for a letter that leaves."""
    assert work.template.records is not None  # noqa: S101  # asked before anything is set
    data = {**filled_in(work, letters), **_answers(work)}
    known = {field.name for field in _kind(work).fields}
    system = {"letter": seal, "delivery": delivery.value}
    data |= {name: value for name, value in system.items() if name in known}
    return Draft(
        id=str(work.draft.pk),
        kind=work.template.records.kind,
        happened_at=at,
        author="",
        role="",
        data=data,
        refers_to=_refers_to(work),
        audience=_audience(work.template),
    )


def _kind(work: Work) -> Kind:
    assert work.template.records is not None  # noqa: S101  # asked before anything is set
    return work.standing.procedure.kind(work.template.records.kind)


def _answers(work: Work) -> Mapping[str, Any]:
    names = {field.name for field in asked(work)}
    return {name: value for name, value in work.draft.data.items() if name in names}


def _to(getting: Sequence[Chosen], kind: Kind) -> dict[str, Any]:
    """Return who got it and who a copy, as the kind of entry keeps it."""
    letters = list(dict.fromkeys(called(each) for each in getting if not each.copy))
    copies = list(dict.fromkeys(called(each) for each in getting if each.copy))
    if kind.field("copied_to") is None or not letters:
        letters, copies = [*letters, *copies], []
    told: dict[str, Any] = {"copied_to": copies}
    for name in ("to", "sent_to", "with_whom"):
        known = kind.field(name)
        if known is not None:
            one = known.type is not FieldType.LINES
            told[name] = ", ".join(letters)[:300] if one else letters
    return told


def _kinds_of_recipient(getting: Sequence[Chosen]) -> list[str]:
    kinds = (kind for each in getting for kind in SHARED_WITH.get(each.rule) or ("others",))
    return list(dict.fromkeys(kinds))


def _by(getting: Sequence[Chosen]) -> str:
    words = {Way.MAIL: "Email", Way.POST: "Post", Way.PHONE: "Phone", Way.HAND: "By hand"}
    return ", ".join(dict.fromkeys(words[each.way] for each in getting))


def _audience(template: Template) -> str:
    return MEMBERS if template.audience is Audience.MEMBERS else EVERYBODY


def _refers_to(work: Work) -> tuple[str, ...]:
    """Return the entries that the new one is about, as far as its kind may refer to them."""
    kind = _kind(work)
    wanted = [str(work.draft.about)] if work.draft.about else []
    wanted += _owed_for(work)
    wanted += _replaced(work)
    if kind.name in ABOUT_ANY:
        wanted += work.used
    allowed = (ref for ref in dict.fromkeys(wanted) if _may_refer(work.standing, kind, ref))
    return tuple(allowed)[:MOST_REFERENCES]


def _owed_for(work: Work) -> Iterator[str]:
    """Yield the entries for which the duty that the letter was begun for is owed.

    A letter that speaks of another entry than that one, though it might have spoken of it, tells
    nobody of it: what is owed for it stays owed.
    """
    owed = work.standing.duties.get(work.draft.owed)
    if owed is None:
        return
    might = {e.id for pattern in work.template.about for e in work.standing.matching(pattern)}
    spoken_of = str(work.draft.about or "")
    whose = [ref for ref in (owed.concerns, owed.trigger) if ref]
    if spoken_of not in whose and might.intersection(whose):
        return
    yield from whose
    if any(pattern.each == REFERRED for pattern in owed.duty.met_by):
        yield owed.subject


def _replaced(work: Work) -> Iterator[str]:
    """Yield the version of these minutes that this one takes the place of, where there is one."""
    records, held = work.template.records, work.standing.entry(str(work.draft.about or ""))
    if records is None or held is None or records.kind != CIRCULATED:
        return
    whose = str(records.data.get("copy") or "")
    if records.data.get("part") == FULL:
        copies = minutes_of(work.standing, held)
        yield from (copy.latest.id for copy in copies if copy.copy == whose)


def _may_refer(standing: Standing, kind: Kind, ref: str) -> bool:
    """Whether a kind of entry may refer to this one; a kind that names none may refer to any."""
    entry = standing.entry(ref)
    return entry is not None and (not kind.refers or entry.kind in kind.refers)
