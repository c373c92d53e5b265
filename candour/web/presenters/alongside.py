"""Procedures side by side: the case, the processes beside it, and other cases about the service."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from candour.cases.models import Case
from candour.engine import Entry, Standing
from candour.engine.conditions import processes_running
from candour.engine.fields import as_values, blank
from candour.web import dates
from candour.web.presenters.addresses import (
    REFERS,
    case_page,
    entry_place,
    recording_page,
)
from candour.web.presenters.lanes import Picture, Span, Track, picture
from candour.web.presenters.naming import value_lines, when_words
from candour.web.presenters.shipped import step_name
from candour.web.presenters.sight import Sight

STARTED, NEWS, ENDED = "process_started", "process_progressed", "process_ended"
REFERRED, DETERMINED, JUDGED = "referral_made", "enquiry_determined", "outcome_judged"
LINKED, TOLD = "case_linked", "parallel_timelines"


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """One process beside the case, as it stands by the latest news."""

    name: str
    address: str
    agency: str
    co_ordinator: str
    reference: str
    since: str
    ended: str
    stage: str
    next_step: str
    provider_sees: str
    news: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral: to whom, when, what was determined, and whether that was good enough."""

    name: str
    address: str
    to: str
    when: str
    received: str
    determined: str
    judged: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another case: about the same service, or linked by somebody; `seen` when it may be opened."""

    ref: str
    title: str
    led_by: str
    step: str
    relation: str
    address: str

    @property
    def seen(self) -> bool:
        """Whether the reader may see it."""
        return bool(self.address)


@dataclass(frozen=True, slots=True)
class AlongsidePage:
    """Everything that the page says, in the words to say it in."""

    picture: Picture | None
    running: int
    told: str
    processes: tuple[ProcessLine, ...]
    referrals: tuple[ReferralLine, ...]
    others: tuple[OtherCase, ...]
    actions: tuple[tuple[str, str], ...]


def linked_refs(standing: Standing) -> dict[str, Entry]:
    """Return the references of the cases that somebody linked, each with the latest link."""
    links = standing.by_kind.get(LINKED, ())
    return {str(entry.data["case"]).strip().upper(): entry for entry in links}


def alongside_page(
    standing: Standing, sight: Sight, others: Sequence[Case], language: str
) -> AlongsidePage:
    """Return the page; `others` are the cases that the reader may see."""
    started = standing.by_kind.get(STARTED, ())
    tracks = [
        _own_track(standing, sight),
        *(_process_track(standing, entry, sight.moment) for entry in started),
        *(_case_track(other, sight.moment) for other in others),
    ]
    return AlongsidePage(
        picture=picture(tracks, sight.moment) if len(tracks) > 1 else None,
        running=len(processes_running(standing)),
        told=_told(standing),
        processes=tuple(_process(standing, entry, sight) for entry in started),
        referrals=tuple(
            _referral(standing, entry, sight) for entry in standing.by_kind.get(REFERRED, ())
        ),
        others=tuple(_others(standing, others, language)),
        actions=tuple(_actions(standing, sight)),
    )


def _about(standing: Standing, kind: str, entry: Entry) -> list[Entry]:
    """Return the entries of a kind that refer to one, oldest first."""
    return [e for e in standing.by_kind.get(kind, ()) if entry.id in e.refers_to]


def _process(standing: Standing, started: Entry, sight: Sight) -> ProcessLine:
    news, ended = _about(standing, NEWS, started), _about(standing, ENDED, started)
    told_of = [started, *news]
    return ProcessLine(
        name=_words(standing, started, "process"),
        address=entry_place(sight.ref, started.id),
        agency=str(started.data["agency"]),
        co_ordinator=_latest(told_of, "co_ordinator"),
        reference=str(started.data.get("reference") or ""),
        since=when_words(started.happened_at),
        ended=when_words(ended[-1].happened_at) if ended else "",
        stage=str(ended[-1].data["outcome"]) if ended else _latest(told_of, "stage"),
        next_step="" if ended else _day(_latest(told_of, "next_step_on")),
        provider_sees=_sight_of(standing, told_of),
        news=tuple(
            (when_words(e.happened_at), str(e.data.get("feedback") or e.data["stage"]))
            for e in reversed(news)
        ),
        actions=() if ended else tuple(_on(standing, started, sight, _on_a_process())),
    )


def _on_a_process() -> dict[str, str]:
    return {NEWS: _("Record news"), ENDED: _("Record its end")}


def _sight_of(standing: Standing, told_of: Sequence[Entry]) -> str:
    """Return what the provider may see by the latest decision; nothing until there is one."""
    decided = [e for e in told_of if not blank(e.data.get("provider_may_see"))]
    return _words(standing, decided[-1], "provider_may_see") if decided else _("Nothing, so far")


def _latest(entries: Sequence[Entry], name: str) -> str:
    said = (str(e.data[name]) for e in reversed(entries) if not blank(e.data.get(name)))
    return next(said, "")


def _day(value: str) -> str:
    return dates.day(date.fromisoformat(value)) if value else ""


def _referral(standing: Standing, made: Entry, sight: Sight) -> ReferralLine:
    determined = _about(standing, DETERMINED, made)
    spoken_of = [made, *determined]
    judged = [e for about in spoken_of for e in _about(standing, JUDGED, about)]
    wanted = {JUDGED: _("Judge the outcome")}
    if not determined:
        wanted = {DETERMINED: _("Record the determination"), **wanted}
    return ReferralLine(
        name=_words(standing, made, "referral"),
        address=entry_place(sight.ref, made.id),
        to=str(made.data["to"]),
        when=when_words(made.happened_at),
        received=_day(str(made.data.get("received_on") or "")),
        determined="; ".join(
            f"{_words(standing, e, 'determination')}, {dates.day(e.happened_at)}"
            for e in determined
        ),
        judged=tuple(_judgement(standing, entry) for entry in judged),
        actions=tuple(_on(standing, made, sight, wanted)),
    )


def _judgement(standing: Standing, entry: Entry) -> str:
    day = dates.day(entry.happened_at)
    if entry.data["satisfied"]:
        return _("Satisfactory, %(day)s") % {"day": day}
    put_to = _words(standing, entry, "put_to")
    return _("Not satisfactory, %(day)s; put to: %(whom)s") % {"day": day, "whom": put_to or "–"}


def _on(
    standing: Standing, entry: Entry, sight: Sight, wanted: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what can be recorded about an entry, with where."""
    for kind, label in wanted.items():
        known = standing.procedure.kinds.get(kind)
        open_to_it = known is not None and (known.after_closing or not standing.closed)
        if sight.may_act and open_to_it:
            yield label, recording_page(sight.ref, kind, extra={REFERS: entry.id})


def _actions(standing: Standing, sight: Sight) -> Iterator[tuple[str, str]]:
    words = {STARTED: _("Name a process beside this case"), LINKED: _("Link another case")}
    for kind, label in words.items():
        known = standing.procedure.kinds.get(kind)
        open_to_it = known is not None and (known.after_closing or not standing.closed)
        if sight.may_act and open_to_it:
            yield label, recording_page(sight.ref, kind)


def _told(standing: Standing) -> str:
    """Return when the provider was last told how the procedures run, or nothing."""
    told = [e for e in standing.by_kind.get("contact_made", ()) if e.data.get("purpose") == TOLD]
    return when_words(told[-1].happened_at) if told else ""


def _others(standing: Standing, seen: Iterable[Case], language: str) -> Iterator[OtherCase]:
    links = linked_refs(standing)
    for other in seen:
        link = links.pop(other.ref, None)
        yield OtherCase(
            ref=other.ref,
            title=other.title,
            led_by=other.body.name_in(language),
            step=step_name(other.procedure, other.step),
            relation=_relation(standing, link),
            address=case_page(other.ref),
        )
    for ref, link in sorted(links.items()):
        yield OtherCase(ref, "", "", "", _relation(standing, link), "")


def _relation(standing: Standing, link: Entry | None) -> str:
    return _("The same service") if link is None else _words(standing, link, "relation")


def _own_track(standing: Standing, sight: Sight) -> Track:
    opened = standing.opened_at or sight.moment
    meetings = tuple(e.happened_at for e in standing.by_kind.get("meeting_held", ()))
    name = _("This case, with its meetings")
    return _track(name, opened, standing.closed_at, sight.moment, meetings)


def _process_track(standing: Standing, started: Entry, now: datetime) -> Track:
    ended = _about(standing, ENDED, started)
    until = ended[-1].happened_at if ended else None
    name = _("%(process)s: %(agency)s") % {
        "process": _words(standing, started, "process"),
        "agency": started.data["agency"],
    }
    news = tuple(e.happened_at for e in _about(standing, NEWS, started))
    return _track(name, started.happened_at, until, now, news)


def _case_track(other: Case, now: datetime) -> Track:
    name = f"{other.ref} {other.title}"
    return _track(name, other.opened_at, other.closed_at, now)


def _track(
    name: str,
    begins: datetime,
    ended: datetime | None,
    now: datetime,
    moments: tuple[datetime, ...] = (),
) -> Track:
    span = Span(begins, max(ended or now, begins), runs=ended is None)
    return Track(name, _lasted(name, begins, ended), (span,), moments)


def _lasted(name: str, begins: datetime, ended: datetime | None) -> str:
    if ended is None:
        return _("%(name)s: since %(day)s") % {"name": name, "day": dates.day(begins)}
    words = {"name": name, "from": dates.day(begins), "to": dates.day(ended)}
    return _("%(name)s: from %(from)s to %(to)s") % words


def _words(standing: Standing, entry: Entry, name: str) -> str:
    known = standing.procedure.kind(entry.kind).field(name)
    value = entry.data.get(name)
    return ", ".join(value_lines(known, value)) if known and as_values(value) else ""
