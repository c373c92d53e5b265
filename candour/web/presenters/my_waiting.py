"""What waits for somebody, in words: to sign, look at, rate, decide, file, or publish anew."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.bodies.models import Body
from candour.cases.queries import SuggestedItem
from candour.engine import Entry, from_payload
from candour.engine.rated import agency_called
from candour.web import dates
from candour.web.my_day import MOST, Sort, Waiting
from candour.web.presenters.addresses import case_page, of_case
from candour.web.presenters.letter_ways import letter_title
from candour.web.presenters.shipped import procedure_of, role_name
from candour.web.presenters.work_lines import in_language


@dataclass(frozen=True, slots=True)
class DayLine:
    """One thing: what, where it is done, in which case, and a note."""

    what: str
    address: str
    case: str
    note: str = ""
    look: str = ""
    state: str = ""


def asked_lines(found: Iterable[Waiting], bodies: Collection[Body]) -> Iterator[DayLine]:
    """Yield what somebody is asked for by name or post, and what fell out of a register."""
    for item in found:
        match item.sort:
            case Sort.SIGN:
                yield _to_sign(item)
            case Sort.APPROVE:
                yield _to_approve(item)
            case Sort.RATE:
                yield _to_rate(item, bodies)
            case Sort.FELL:
                yield _fell(item)


def _to_sign(item: Waiting) -> DayLine:
    return DayLine(
        what=_("Sign: %(what)s") % {"what": in_language(item.what, item.what_cy)},
        address=reverse("case-signature", args=[item.ref, item.id]),
        case=case_words(item.ref, item.case),
        note=_("Asked by %(who)s, %(day)s") % {"who": item.who, "day": dates.day(item.at)},
        look="attention",
        state=_("Your signature"),
    )


def _to_approve(item: Waiting) -> DayLine:
    held = procedure_of(item.procedure)
    title = letter_title(held, item.what) if held else item.what.replace("_", " ")
    return DayLine(
        what=_("Look at the recipients: %(what)s") % {"what": title},
        address=reverse("letter-second", args=[item.ref, item.id]),
        case=case_words(item.ref, item.case),
        note=_("Asked by %(who)s, %(day)s") % {"who": item.who, "day": dates.day(item.at)},
        look="attention",
        state=_("Second person"),
    )


def _to_rate(item: Waiting, bodies: Collection[Body]) -> DayLine:
    """Return a round of ratings that the reader has not answered.

    Where a body of theirs is called on, it is theirs to rate; else it may be.
    """
    called = entry_of(item).data
    agencies = [str(name) for name in called["agencies"]]
    mine = agency_called(called, {body.pk for body in bodies})
    note = _("Called for %(day)s; %(n)s of %(all)s have rated") % {
        "day": dates.day(item.at),
        "n": item.who or 0,
        "all": len(agencies),
    }
    what = _("Rate the risk for %(agency)s") if mine else _("Rate the risk: %(agency)s")
    return DayLine(
        what=what % {"agency": mine or ", ".join(agencies)},
        address=reverse("rating-seal", args=[item.ref]),
        case=case_words(item.ref, item.case),
        note=note,
        look="attention",
        state=_("Your rating") if mine else _("Open round"),
    )


def _fell(item: Waiting) -> DayLine:
    """Return a line of a register that was taken down by itself."""
    english, _mark, welsh = item.what.partition("\n")
    return DayLine(
        what=_("Not public any more: a line of a register"),
        address=of_case("case-publishing", item.ref),
        case=case_words(item.ref, item.case),
        note=in_language(english, welsh),
        look="attention",
        state=_("Taken down"),
    )


def suggested_line(item: SuggestedItem) -> DayLine:
    """Return something that a procedure puts to the reader."""
    return DayLine(
        what=in_language(item.title, item.title_cy),
        address=case_page(item.ref, "next"),
        case=case_words(item.ref, item.case_title),
        note=role_name(item.procedure, item.to_role) if item.to_role else "",
        look="attention",
        state=_("To decide"),
    )


def mail_lines(found: Iterable[Waiting]) -> Iterator[DayLine]:
    """Yield how many messages did not arrive, and how many wait to be filed."""
    listed = list(found)
    to_file = sum(item.sort is Sort.FILE for item in listed)
    failed = sum(item.sort is Sort.FAILED for item in listed)
    if failed:
        words = ngettext(
            "%(n)s message did not arrive", "%(n)s messages did not arrive", failed
        ) % {"n": _up_to(failed)}
        yield DayLine(words, reverse("mail"), "", "", "late", _("Not arrived"))
    if to_file:
        words = ngettext(
            "%(n)s message waits to be filed", "%(n)s messages wait to be filed", to_file
        ) % {"n": _up_to(to_file)}
        yield DayLine(words, reverse("mail-tray"), "", "", "attention", _("To file"))


def digest_lines(found: Iterable[Waiting]) -> Iterator[DayLine]:
    """Yield how many digests to organisations are due, and since when the first is."""
    for item in found:
        if item.sort is Sort.FEED:
            number = int(item.who)
            words = ngettext(
                "%(n)s digest to an organisation is due",
                "%(n)s digests to organisations are due",
                number,
            ) % {"n": number}
            since = _("since %(day)s") % {"day": dates.day(item.at)}
            yield DayLine(words, reverse("feedback"), "", since, "attention", _("To release"))


def _up_to(number: int) -> str:
    return f"{number}+" if number >= MOST else str(number)


def case_words(ref: str, title: str) -> str:
    """Return a case by its number and title; nothing for none."""
    return f"{ref} · {title}" if ref else ""


def entry_of(item: Waiting) -> Entry:
    """Return the entry that something is about, as it was recorded."""
    return from_payload(json.loads(item.told))
