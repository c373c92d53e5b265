"""Asking somebody outside by a link about one thing, and who was asked about it already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.fields import as_values
from candour.engine.london import local
from candour.engine.plans import plans
from candour.engine.vocabulary.outside import ENDED, INVITED, OPENED
from candour.portal.seeing import askable
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import document_address, of_case
from candour.web.presenters.sight import Sight

_PLAN = "plan"  # what an invitation to report on the plan says that it asks


@dataclass(frozen=True, slots=True)
class AskedOutside:
    """Where somebody outside is asked, if that may be done here, and who was asked already."""

    ask: Action | None
    asked: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Outsiders:
    """Whom the case has asked by link, and what it may ask about; read from the log alone."""

    standing: Standing
    sight: Sight
    may_be_shown: frozenset[str]

    def about(self, entry_id: str, *, waits: bool) -> AskedOutside:
        """Return what there is about an entry; `waits` is whether anybody still has to answer."""
        may = waits and entry_id in self.may_be_shown
        asked = (each for each in self._standing_ones() if entry_id in each.refers_to)
        return AskedOutside(self._way({"about": entry_id}) if may else None, self._lines(asked))

    def about_the_plan(self) -> AskedOutside:
        """Return what there is about the actions of the plans that are not done."""
        found = plans(self.standing, self.sight.moment)
        waits = any(action.is_open for plan in found for action in plan.actions)
        asked = (each for each in self._standing_ones() if _PLAN in as_values(each.data["asked"]))
        return AskedOutside(self._way({_PLAN: "yes"}) if waits else None, self._lines(asked))

    def _way(self, asked: dict[str, str]) -> Action | None:
        if not self.sight.leads or INVITED not in self.standing.procedure.kinds:
            return None
        page = of_case("portal-invite", self.sight.ref)
        return Action(_("Ask them to answer by link"), f"{page}?{urlencode(asked)}")

    def _standing_ones(self) -> Iterator[Entry]:
        """Yield the invitations that may still be answered."""
        today = local(self.sight.moment).date()
        ended = {ref for each in self.standing.by_kind.get(ENDED, ()) for ref in each.refers_to}
        for entry in self.standing.by_kind.get(INVITED, ()):
            if entry.id not in ended and date.fromisoformat(str(entry.data["until"])) >= today:
                yield entry

    def _lines(self, asked: Iterator[Entry]) -> tuple[Action, ...]:
        opened = {ref for each in self.standing.by_kind.get(OPENED, ()) for ref in each.refers_to}
        return tuple(
            Action(
                _asked_words(entry, opened=entry.id in opened),
                document_address(self.sight.ref, entry.id, "portal-one"),
            )
            for entry in asked
        )


def _asked_words(entry: Entry, *, opened: bool) -> str:
    until = dates.day(date.fromisoformat(str(entry.data["until"])))
    if opened:
        words = _("Asked by link: %(who)s. Opened; may answer until %(day)s")
    else:
        words = _("Asked by link: %(who)s. Not opened yet; may answer until %(day)s")
    return words % {"who": entry.data["who"], "day": until}


def outsiders(standing: Standing, sight: Sight) -> Outsiders:
    """Return whom a case has asked by link, and what it may ask about."""
    may = askable(standing, sight.moment) if sight.leads else ()
    return Outsiders(standing, sight, frozenset(entry.id for entry in may))
