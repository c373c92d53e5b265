"""The sharing ledger of a case: what went to whom and why, what did not, what must be recalled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.engine import Entry, Standing
from candour.engine.duties import DutyState, OpenDuty
from candour.engine.fields import as_values, blank
from candour.web import dates
from candour.web.presenters.addresses import OWED, entry_place, recording_page
from candour.web.presenters.lanes import Picture, Track, picture
from candour.web.presenters.naming import entry_name, value_lines, when_words
from candour.web.presenters.sight import Sight

SHARED, WITHHELD, ALLOWED = "information_shared", "information_withheld", "sharing_allowed"
RECALLED = "recall_sent"


@dataclass(frozen=True, slots=True)
class Named:
    """An entry by its name, and where it stands on the page of the case."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class SharingLine:
    """One sharing: all that the ledger keeps of it."""

    anchor: str
    when: str
    what: str
    to: tuple[str, ...]
    kinds: str
    purpose: str
    basis: str
    informed: str
    entries: tuple[Named, ...]
    documents: tuple[str, ...]
    recalled: str


@dataclass(frozen=True, slots=True)
class RecallLine:
    """A recall that is owed: whom to tell of what, by when, and where it is recorded."""

    to: str
    what: str
    corrected: tuple[Named, ...]
    due: str
    late: bool
    record: str


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """Everybody of one name with whom something was shared: what and when."""

    name: str
    times: str
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision that something is not, or may now be, shared."""

    anchor: str
    allowed: bool
    when: str
    what: str
    whom: str
    reason: str
    entries: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class SharingPage:
    """Everything that the page says, in the words to say it in."""

    recalls: tuple[RecallLine, ...]
    shared: tuple[SharingLine, ...]
    recipients: tuple[RecipientLine, ...]
    decisions: tuple[DecisionLine, ...]
    picture: Picture | None
    actions: tuple[tuple[str, str], ...]


def sharing_page(standing: Standing, sight: Sight) -> SharingPage:
    """Return the ledger of the case with this standing, newest first."""
    shared = _newest(standing, SHARED)
    return SharingPage(
        recalls=tuple(_recall(standing, owed, sight) for owed in _owed(standing)),
        shared=tuple(sharing_line(standing, entry, sight.ref) for entry in shared),
        recipients=tuple(_recipients(shared)),
        decisions=tuple(_decisions(standing, sight.ref)),
        picture=picture(_tracks(shared), sight.moment),
        actions=tuple(_actions(standing, sight)),
    )


def sharing_line(standing: Standing, entry: Entry, ref: str) -> SharingLine:
    """Return one sharing as the ledger shows it."""
    return SharingLine(
        anchor=f"shared-{entry.id}",
        when=when_words(entry.happened_at),
        what=str(entry.data["what"]),
        to=_people(entry, "to"),
        kinds=_words(standing, entry, "recipients"),
        purpose=str(entry.data["purpose"]),
        basis=_words(standing, entry, "legal_basis"),
        informed=_informed(entry),
        entries=tuple(_referred(standing, entry, ref)),
        documents=_people(entry, "documents"),
        recalled=_recalled(standing, entry),
    )


def _newest(standing: Standing, *kinds: str) -> list[Entry]:
    found = [entry for kind in kinds for entry in standing.by_kind.get(kind, ())]
    return sorted(found, key=lambda entry: entry.happened_at, reverse=True)


def _owed(standing: Standing) -> list[OpenDuty]:
    """Return the recalls still owed, soonest first."""
    found = [owed for owed in standing.owed() if _is_recall(owed)]
    return sorted(found, key=lambda owed: (owed.due.on is None, owed.due.on, owed.key))


def _is_recall(owed: OpenDuty) -> bool:
    each = owed.duty.for_each
    return each is not None and each.kind == SHARED


def _recall(standing: Standing, owed: OpenDuty, sight: Sight) -> RecallLine:
    shared, correction = standing.entry(owed.concerns), standing.entry(owed.trigger)
    touched = set(correction.refers_to) if correction else set()
    may = sight.may_act and RECALLED in standing.procedure.kinds
    return RecallLine(
        to=", ".join(_people(shared, "to")) if shared else "",
        what=str(shared.data["what"]) if shared else "",
        corrected=tuple(_named(standing, sorted(touched), sight.ref)),
        due=dates.day(owed.due.on) if owed.due.on else _("The clock is paused"),
        late=owed.state(sight.moment) is DutyState.LATE,
        record=recording_page(sight.ref, RECALLED, extra={OWED: owed.key}) if may else "",
    )


def _by_recipient(shared: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield each recipient by name, however it was capitalised, with what they were given."""
    found: dict[str, tuple[str, list[Entry]]] = {}
    for entry in shared:
        for name in _people(entry, "to"):
            found.setdefault(name.casefold(), (name, []))[1].append(entry)
    for key in sorted(found):
        yield found[key]


def _recipients(shared: Iterable[Entry]) -> Iterator[RecipientLine]:
    for name, entries in _by_recipient(shared):
        times = ngettext("%(n)s time", "%(n)s times", len(entries)) % {"n": len(entries)}
        yield RecipientLine(
            name,
            times,
            tuple(
                (when_words(e.happened_at), str(e.data["what"]), f"#shared-{e.id}") for e in entries
            ),
        )


def _decisions(standing: Standing, ref: str) -> Iterator[DecisionLine]:
    for entry in _newest(standing, WITHHELD, ALLOWED):
        allowed = entry.kind == ALLOWED
        people = ", ".join(_people(entry, "from_whom"))
        yield DecisionLine(
            anchor=f"decided-{entry.id}",
            allowed=allowed,
            when=when_words(entry.happened_at),
            what=str(entry.data.get("what") or ""),
            whom=people or _words(standing, entry, "recipients"),
            reason=str(entry.data["reason"]),
            entries=tuple(_referred(standing, entry, ref)),
        )


def _tracks(shared: Iterable[Entry]) -> Iterator[Track]:
    """Yield a lane for each recipient, with a mark for each time something was shared."""
    for name, entries in _by_recipient(shared):
        days = [dates.day(entry.happened_at) for entry in reversed(entries)]
        says = _("%(who)s: %(days)s") % {"who": name, "days": "; ".join(days)}
        yield Track(name, says, moments=tuple(entry.happened_at for entry in entries))


def _actions(standing: Standing, sight: Sight) -> Iterator[tuple[str, str]]:
    words = {
        SHARED: _("Record a sharing"),
        WITHHELD: _("Record a decision not to share"),
        ALLOWED: _("Record that something may be shared"),
    }
    for kind, label in words.items():
        if sight.may_act and kind in standing.procedure.kinds:
            yield label, recording_page(sight.ref, kind)


def _people(entry: Entry, name: str) -> tuple[str, ...]:
    named = (str(person).strip() for person in as_values(entry.data.get(name)))
    return tuple(person for person in named if person)


def _words(standing: Standing, entry: Entry, name: str) -> str:
    known = standing.procedure.kind(entry.kind).field(name)
    value = entry.data.get(name)
    return ", ".join(value_lines(known, value)) if known and not blank(value) else ""


def _informed(entry: Entry) -> str:
    informed = entry.data.get("person_informed")
    if informed is None:
        return ""
    if informed:
        return _("Yes")
    reason = str(entry.data.get("not_informed_reason") or "").strip()
    return _("No: %(reason)s") % {"reason": reason} if reason else _("No")


def _referred(standing: Standing, entry: Entry, ref: str) -> Iterator[Named]:
    yield from _named(standing, entry.refers_to, ref)


def _named(standing: Standing, ids: Iterable[str], ref: str) -> Iterator[Named]:
    """Yield the entries of these ids; one that was withdrawn is named as it was recorded."""
    for entry_id in ids:
        found = standing.entry(entry_id)
        if found is not None:
            yield Named(entry_name(standing, found), entry_place(ref, entry_id))


def _recalled(standing: Standing, shared: Entry) -> str:
    """Return on which days its recipients were told that it has been corrected."""
    notices = [e for e in standing.by_kind.get(RECALLED, ()) if shared.id in e.refers_to]
    return ", ".join(dates.day(entry.happened_at) for entry in notices)
