"""In words: the bodies that a case is shared with, and the cases that others share with us."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.cases.queries.lent import LentCase
from candour.engine import Standing
from candour.engine.fields import blank
from candour.engine.partners import SHARED, Share, shares
from candour.web import dates
from candour.web.presenters.addresses import case_page, document_address, of_case
from candour.web.presenters.naming import role_title, value_lines
from candour.web.presenters.shipped import step_name
from candour.web.presenters.sight import Sight
from candour.web.presenters.work_lines import in_language


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """One body that was let into the case: what it sees, why, until when; `end` ends it."""

    name: str
    look: str
    state: str
    sees: str
    purpose: str
    basis: str
    since: str
    by: str
    until: str
    ended: str
    end: str


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A case that another body shares with ours."""

    ref: str
    title: str
    address: str
    service: str
    led_by: str
    step: str
    sees: str
    until: str


def partner_lines(standing: Standing, sight: Sight) -> tuple[PartnerLine, ...]:
    """Return every body that the case was shared with, those that see it now first."""
    found = sorted(shares(standing.by_kind), key=lambda share: not share.stands(sight.moment))
    return tuple(partner_line(standing, share, sight) for share in found)


def partner_line(standing: Standing, share: Share, sight: Sight) -> PartnerLine:
    """Return one sharing as it stands."""
    entry, stands = share.entry, share.stands(sight.moment)
    role = role_title(standing.procedure_of(entry.id), entry.role)
    may_end = stands and sight.leads
    end = document_address(sight.ref, entry.id, "case-share-end") if may_end else ""
    return PartnerLine(
        name=str(entry.data["with_body"]),
        look="open" if stands else "cancelled",
        state=_("Sees the case") if stands else _("Sees it no more"),
        sees=_option(standing, share, "seen_as"),
        purpose=str(entry.data["purpose"]),
        basis=_option(standing, share, "legal_basis"),
        since=dates.day(entry.happened_at),
        by=role,
        until=dates.day(share.until) if share.until else "",
        ended=_ended(share),
        end=end,
    )


def _ended(share: Share) -> str:
    if share.ended is None:
        return ""
    facts = {"day": dates.day(share.ended.happened_at), "why": share.ended.data["reason"]}
    return _("Ended on %(day)s: %(why)s") % facts


def _option(standing: Standing, share: Share, name: str) -> str:
    known = standing.procedure_of(share.entry.id).kind(SHARED).field(name)
    value = share.entry.data.get(name)
    return ", ".join(value_lines(known, value)) if known and not blank(value) else ""


def shared_lines(found: list[LentCase]) -> Iterator[SharedLine]:
    """Yield the cases that other bodies share with ours."""
    for case in found:
        page = case_page(case.ref) if case.members else of_case("shared-case", case.ref)
        yield SharedLine(
            ref=case.ref,
            title=case.title,
            address=page,
            service=in_language(case.service or "", case.service_cy or ""),
            led_by=in_language(case.led_by_name, case.led_by_name_cy),
            step=step_name(case.procedure, case.step),
            sees=_("You take part in it") if case.members else _("You are told of it"),
            until=dates.day(case.until) if case.until else "",
        )
