"""The parts of a case that have a page of their own, as the sub-navigation of its pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candour.engine import Procedure
from candour.web.forms.concern_record import records_with_forms
from candour.web.presenters.addresses import of_case


@dataclass(frozen=True, slots=True)
class CaseRoom:
    """One part of a case: the name of its page, its words, and the kinds of entry it is about.

    That `of_contacts` is about the contacts of the procedure instead, that `of_templates` about its
    letters, that `of_records` about records that it has a form of its own for.
    """

    name: str
    words: Promise | str
    kinds: frozenset[str] = frozenset()
    of_contacts: bool = False
    of_templates: bool = False
    of_records: bool = False

    def belongs_to(self, procedure: Procedure) -> bool:
        """Say whether cases under this procedure can hold anything that the page shows."""
        if self.of_contacts and not procedure.contacts:
            return False
        if self.of_templates and not procedure.templates:
            return False
        if self.of_records and not records_with_forms(procedure):
            return False
        return not self.kinds or any(kind in procedure.kinds for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class RoomLink:
    """One link of the sub-navigation."""

    words: Promise | str
    address: str
    current: bool


_ROOMS = (
    CaseRoom("case", _("The case")),
    CaseRoom("case-chronology", _("Chronology")),
    CaseRoom("case-meetings", _("Meetings"), frozenset({"meeting_called", "meeting_held"})),
    CaseRoom("case-ratings", _("Ratings"), frozenset({"risk_rated", "rating_agreed"})),
    CaseRoom("case-decisions", _("Decisions"), frozenset({"decision_made"})),
    CaseRoom("case-plan", _("Plan"), frozenset({"plan_agreed", "action_added"})),
    CaseRoom("case-visits", _("Visits"), frozenset({"visit_planned"})),
    CaseRoom("case-responses", _("Responses"), frozenset({"recommendation_issued"})),
    CaseRoom("case-restrictions", _("Restrictions"), frozenset({"restriction_imposed"})),
    CaseRoom("case-closure", _("Closure"), frozenset({"closure_notified"})),
    CaseRoom("case-parallel", _("Alongside"), frozenset({"referral_made"})),
    CaseRoom("case-documents", _("Documents"), frozenset({"document_filed"})),
    CaseRoom("case-letters", _("Letters"), of_templates=True),
    CaseRoom("case-sharing", _("Sharing"), frozenset({"information_shared"})),
    CaseRoom("case-record", _("Record of concern"), of_records=True),
    CaseRoom("case-signatures", _("Signatures"), frozenset({"signatures_asked"})),
    CaseRoom("case-portal", _("People outside"), frozenset({"outsider_invited"})),
    CaseRoom("case-contacts", _("Contacts"), of_contacts=True),
    CaseRoom("case-procedure", _("Procedure")),
)


def case_rooms(procedure: Procedure, ref: str, current: str) -> list[RoomLink]:
    """Return the links between the pages of the case `ref`; `current` is the page shown now.

    A part shows only where the procedure has kinds of entry for it and the site has its page;
    where nothing but the case itself is left there is nothing to choose, and no link.
    """
    links = list(_links(procedure, ref, current))
    return links if len(links) > 1 else []


def way_back(ref: str, part: str) -> str:
    """Return the address of the part of a case that a form leads back to; empty for no such part.

    Only parts that have a page of their own are known, so no address can lead anywhere else.
    """
    names = {room.name for room in _ROOMS}
    return of_case(f"case-{part}", ref) if f"case-{part}" in names else ""


def _links(procedure: Procedure, ref: str, current: str) -> Iterable[RoomLink]:
    for room in _ROOMS:
        if not room.belongs_to(procedure):
            continue
        try:
            address = of_case(room.name, ref)
        except NoReverseMatch:
            continue
        yield RoomLink(room.words, address, current=room.name == current)
