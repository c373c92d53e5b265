"""The page of a case's ratings: who is called on, what was rated once opened, what it supports."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from candour.engine import Draft, Entry, Standing
from candour.engine.patterns import Pattern
from candour.engine.rated import (
    is_open,
    latest_each,
    opening_of,
    ratings_for,
    round_of,
    sealed_in,
)
from candour.engine.sealing import seal_of
from candour.engine.supporting import agreed_now
from candour.engine.vocabulary.ratings import CALLED, OPENED, RATED
from candour.web.presenters.naming import entry_name, when_words
from candour.web.presenters.rated import AgreedLine, Compared, RatingRow, conflict_words
from candour.web.presenters.rating_grid import axis_words
from candour.web.presenters.sight import Sight
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class CalledOn:
    """An agency called on to rate: whether it has, and not what."""

    agency: str
    when: str
    conflict: str


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round of rating. `open_to` says whether it still takes ratings."""

    id: str
    title: str
    called: tuple[CalledOn, ...]
    state: str
    open_to: bool
    rated: int
    unshown: int

    @property
    def waiting(self) -> int:
        """How many have still to rate."""
        return len(self.called) - self.rated


@dataclass(frozen=True, slots=True)
class RatingsPage:
    """Everything that the page says."""

    now: RoundLine | None
    earlier: tuple[RoundLine, ...]
    rows: tuple[RatingRow, ...]
    spread: str
    median: str
    agreed: AgreedLine | None
    picture: Markup
    axes: tuple[tuple[str, str], ...]
    note: str
    may_open: bool


def ratings_page(standing: Standing, sight: Sight) -> RatingsPage:
    """Return the page as the reader may see it: sealed ratings say who, never what."""
    rounds = [_round(standing, called) for called in standing.by_kind.get(CALLED, ())]
    now = rounds.pop() if rounds and (rounds[-1].open_to or rounds[-1].unshown) else None
    rated = _rated_now(standing)
    agreed = agreed_now(standing)
    seen = Compared(standing, rated, agreed)
    return RatingsPage(
        now=now,
        earlier=tuple(reversed(rounds)),
        rows=tuple(seen.rows()),
        spread=seen.spread(),
        median=seen.median(),
        agreed=seen.agreed_line(),
        picture=seen.picture(),
        axes=tuple(axis_words(seen.matrix)) if seen.matrix else (),
        note=said(seen.matrix.note) if seen.matrix else "",
        may_open=_may_open(standing, sight),
    )


def _rated_now(standing: Standing) -> list[Entry]:
    """Return each agency's latest rating of the last meeting or of the round last opened."""
    meeting = standing.latest(Pattern("meeting_held"))
    found = ratings_for(standing, Pattern(RATED), meeting)
    opened = standing.latest(Pattern(OPENED))
    if opened is not None:
        ids = {rating.id for rating in found}
        for rating in standing.by_kind.get(RATED, ()):
            round_ = round_of(standing, rating)
            if round_ is not None and round_.id in opened.refers_to and rating.id not in ids:
                found.append(rating)
    return list(latest_each(found, "agency").values())


def _may_open(standing: Standing, sight: Sight) -> bool:
    """Whether a post of the reader's may open a round, by the procedure's own gates."""
    return any(
        not any(
            standing.reasons(gate, sight.moment, _opening(role, sight))
            for gate in standing.procedure.gates
            if gate.on.kind == OPENED
        )
        for role in sight.roles
    )


def _opening(role: str, sight: Sight) -> Draft:
    return Draft(id="", kind=OPENED, happened_at=sight.moment, author="", role=role)


def _round(standing: Standing, called: Entry) -> RoundLine:
    sealed = sealed_in(standing, called)
    opening = opening_of(standing, called)
    shown = {
        seal.id
        for rating in standing.by_kind.get(RATED, ())
        if (seal := seal_of(standing, rating)) is not None
    }
    unshown = sum(seal.id not in shown for seal in sealed.values()) if opening else 0
    return RoundLine(
        id=called.id,
        title=entry_name(standing, called),
        called=tuple(
            CalledOn(
                agency=agency,
                when=when_words(sealed[agency].happened_at) if agency in sealed else "",
                conflict=conflict_words(standing, agency),
            )
            for agency in called.data["agencies"]
        ),
        state=_state(opening, open_to=is_open(standing, called)),
        open_to=is_open(standing, called),
        rated=len(sealed),
        unshown=unshown,
    )


def _state(opening: Entry | None, *, open_to: bool) -> str:
    if opening is not None:
        words = {"when": when_words(opening.happened_at), "why": opening.data["reason"]}
        return _("Opened %(when)s: %(why)s") % words
    return _("Under seal") if open_to else _("Never opened: another round was called instead")
