"""What somebody outside reads: each thing asked, what may be seen of it, what they said of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.london import local
from candour.engine.plans import Action as Planned
from candour.engine.plans import plans
from candour.engine.rag import because, facts_of
from candour.engine.vocabulary.filing import FILED
from candour.engine.vocabulary.outside import SAID_BY, THROUGH
from candour.letters.models import SentFile
from candour.portal.actions.answering import answers_to
from candour.portal.models import Invitation
from candour.portal.saying import ACKNOWLEDGED, kind_of
from candour.portal.seeing import ShownEntry, Way, actions_shown, shown, sight_of
from candour.web import dates
from candour.web.presenters.naming import Shown, entry_title, shown_fields, value_lines, when_words
from candour.web.presenters.plan_actions import numbered, rag_of
from candour.web.spoken import said

NOT_SAID = ("who", SAID_BY, THROUGH)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One thing that they said: what, when, field by field."""

    title: str
    when: str
    fields: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class WayLink:
    """One thing that they can do: its words, where; whether one press does it."""

    words: str
    address: str
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class AskedCard:
    """One entry that they are asked about, or one action of their plan."""

    anchor: str
    title: str
    when: str
    fields: tuple[Shown, ...]
    look: str
    state: str
    letters: tuple[tuple[str, str], ...]
    ways: tuple[WayLink, ...]
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class OutsidePage:
    """Everything that the page says; `gone` counts what they may not see any more."""

    who: str
    service: str
    note: str
    until: str
    asked: tuple[AskedCard, ...]
    actions: tuple[AskedCard, ...]
    gone: int
    answered: int
    total: int
    leave: str


Files = Mapping[str, Sequence[SentFile]]


@dataclass(frozen=True, slots=True)
class Looking:
    """An invitation in hand: its case, what was said to it so far, the letters sent to them."""

    standing: Standing
    invitation: Invitation
    moment: datetime
    files: Files

    @property
    def answers(self) -> tuple[Entry, ...]:
        """What they said so far."""
        return answers_to(self.standing, self.invitation.pk)


def outside_page_of(looking: Looking) -> OutsidePage:
    """Return the page of an invitation as whoever it is for reads it."""
    invitation = looking.invitation
    seen = shown(looking.standing, invitation.asked, invitation.sort, looking.moment)
    newest_first = list(reversed(seen))
    newest_first.sort(key=lambda each: Way.ANSWER not in each.ways)
    asked = tuple(_asked(looking, each) for each in newest_first)
    actions = tuple(_actions(looking)) if invitation.plan else ()
    service = invitation.case.service
    cards = (*asked, *actions)
    return OutsidePage(
        who=invitation.who,
        service=service.name if service else "",
        note=invitation.note,
        until=last_day(invitation),
        asked=asked,
        actions=actions,
        gone=len(invitation.asked) - len(asked),
        answered=sum(card.look == "met" or bool(card.answers) for card in cards),
        total=len(cards),
        leave=reverse("outside-leave", args=[invitation.pk]),
    )


def asked_card(looking: Looking, entry: str) -> AskedCard | None:
    """Return one thing that they are asked about, or None where they may not see it now."""
    invitation = looking.invitation
    if entry in invitation.asked:
        seen = shown(looking.standing, [entry], invitation.sort, looking.moment)
        return _asked(looking, seen[0]) if seen else None
    actions = _actions(looking) if invitation.plan else ()
    return next((card for card in actions if card.anchor == f"about-{entry}"), None)


def last_day(invitation: Invitation) -> str:
    """Return the last day on which an invitation can be answered."""
    return dates.day(invitation.until - timedelta(seconds=1))


def masked(email: str) -> str:
    """Return an address so that its owner knows it and nobody else learns it."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


def way_words(way: Way) -> str:
    """Return what a way to answer is called."""
    return {
        Way.ACKNOWLEDGE: _("Say that you have it"),
        Way.ANSWER: _("Answer it"),
        Way.DISPUTE: _("Say that a fact is wrong"),
        Way.REPORT: _("Report on it"),
        Way.MORE_TIME: _("Ask for more time"),
    }[way]


def answer_lines(standing: Standing, entries: Sequence[Entry]) -> tuple[AnswerLine, ...]:
    """Return what somebody outside said, in the order of saying it."""
    return tuple(
        AnswerLine(
            title=said(standing.procedure_of(each.id).kind(each.kind).title),
            when=dates.moment(each.happened_at),
            fields=(
                *shown_fields(
                    standing.procedure_of(each.id), each.kind, each.data, without=NOT_SAID
                ),
                *_attached(standing, each),
            ),
        )
        for each in entries
    )


def files_with(standing: Standing, entry: Entry) -> tuple[Entry, ...]:
    """Return the documents that came with something said, in order."""
    filed = standing.by_kind.get(FILED, ())
    return tuple(each for each in filed if entry.id in each.refers_to)


def _attached(standing: Standing, entry: Entry) -> Iterator[Shown]:
    titles = tuple(str(each.data["title"]) for each in files_with(standing, entry))
    if titles:
        yield Shown(_("Attached"), titles)


def _asked(looking: Looking, each: ShownEntry) -> AskedCard:
    entry = each.entry
    mine = _about(looking, entry)
    files = looking.files.get(entry.id, ())
    number = looking.invitation.pk
    return AskedCard(
        anchor=f"about-{entry.id}",
        title=_title(looking.standing, each),
        when=when_words(entry.happened_at),
        fields=tuple(
            Shown(said(one.known.label), value_lines(one.known, one.value)) for one in each.fields
        ),
        look=_look(mine, each.ways)[0],
        state=_look(mine, each.ways)[1],
        letters=tuple(
            (file.name, reverse("outside-letter", args=[number, entry.id, file.pk]))
            for file in files
        ),
        ways=tuple(_ways(looking, entry, each.ways, mine)),
        answers=answer_lines(looking.standing, mine),
    )


def _about(looking: Looking, entry: Entry) -> tuple[Entry, ...]:
    return tuple(one for one in looking.answers if entry.id in one.refers_to)


def _look(mine: Sequence[Entry], ways: Sequence[Way]) -> tuple[str, str]:
    if mine:
        return "met", _("You have answered")
    return ("open", _("Waits for you")) if Way.ANSWER in ways else ("later", _("To look at"))


def _title(standing: Standing, each: ShownEntry) -> str:
    """Return what an entry is; its headline only where the field that it comes from is shown."""
    procedure = standing.procedure_of(each.entry.id)
    title = entry_title(procedure, each.entry)
    headline = title.partition(": ")[2].rstrip("…")
    told = [line for one in each.fields for line in value_lines(one.known, one.value)]
    if not headline or any(line.startswith(headline) for line in told):
        return title
    return said(procedure.kind(each.entry.kind).title)


def _ways(
    looking: Looking, entry: Entry, ways: Sequence[Way], mine: Sequence[Entry]
) -> Iterator[WayLink]:
    for way in ways:
        if way is Way.ACKNOWLEDGE and mine:
            continue  # whoever answered has it
        # A press is enough where there is nothing else to be said by it.
        at_once = way is Way.ACKNOWLEDGE and kind_of(looking.standing, way, entry) != ACKNOWLEDGED
        yield WayLink(
            way_words(way),
            reverse("outside-answer", args=[looking.invitation.pk, way.value, entry.id]),
            at_once,
        )


def _actions(looking: Looking) -> Iterator[AskedCard]:
    numbers = {
        action.entry.id: numbered(plan.name, number)
        for plan in plans(looking.standing, looking.moment)
        for number, action in enumerate(plan.actions, start=1)
    }
    today = local(looking.moment).date()
    for action in actions_shown(looking.standing, looking.invitation.sort, looking.moment):
        yield _action(looking, action, numbers[action.entry.id], today)


def _action(looking: Looking, action: Planned, number: str, today: date) -> AskedCard:
    entry, data = action.entry, action.entry.data
    mine = _about(looking, entry)
    colour = rag_of(action, today, because(facts_of(action, today)))
    first = date.fromisoformat(data["due_on"])
    rows = [
        Shown(_("Outcome"), (str(data["outcome"]),)),
        Shown(_("Owner"), (str(data["owner"]),)),
        Shown(_("By when"), (dates.day(action.due_on or first),)),
    ]
    if support := str(data.get("support") or ""):
        rows.append(Shown(_("Support"), (support,)))
    rows += _told_back(looking, action)
    open_ways = (Way.REPORT, Way.MORE_TIME) if action.is_open else ()
    return AskedCard(
        anchor=f"about-{entry.id}",
        title=f"{number}: {str(data['action']).strip()}",
        when="",
        fields=tuple(rows),
        look=colour.shape,
        state=f"{colour.name}: {colour.why}" if colour.why else colour.name,
        letters=(),
        ways=() if looking.standing.closed else tuple(_ways(looking, entry, open_ways, mine)),
        answers=answer_lines(looking.standing, mine),
    )


def _told_back(looking: Looking, action: Planned) -> Iterator[Shown]:
    """Yield what the body answered to the provider's last word, where the provider may see it."""
    sight = sight_of(looking.standing, looking.invitation.sort, looking.moment)
    sent_back, refused = action.talk.sent_back, action.talk.refused
    if sent_back is not None and sight.sees(sent_back):
        yield Shown(_("Sent back: still missing"), (str(sent_back.data["missing"]),))
    if refused is not None and sight.sees(refused):
        yield Shown(_("More time refused"), (str(refused.data["reason"]),))
