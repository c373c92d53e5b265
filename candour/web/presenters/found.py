"""What a search found, in words: groups, lines with the place found marked, and where they lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from candour.engine.vocabulary import KINDS
from candour.finding.directory import FoundPerson, FoundService
from candour.finding.searching import FoundCase, FoundText
from candour.web import dates
from candour.web.presenters.addresses import case_page, entry_place, of_case
from candour.web.presenters.excerpts import excerpt
from candour.web.presenters.letter_ways import letter_title
from candour.web.presenters.shipped import procedure_of, step_name
from candour.web.search_request import Group, SearchRequest
from candour.web.spoken import said, spoken

ANY_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text that was found: what it is, when, its words, where it is."""

    what: str
    when: str
    words: Markup
    address: str
    ref: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in which something was found, and some of what was."""

    ref: str
    title: str
    service: str
    step: str
    closed: str
    address: str
    texts: tuple[TextLine, ...]
    number: str


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service, who runs it, and cases about it: number, title, whether open, address."""

    name: str
    sort: str
    provider: str
    place: str
    cases: tuple[tuple[str, str, str, str], ...]
    all_cases: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a role, and how to reach them."""

    name: str
    role: str
    body: str
    email: str
    phone: str
    hours: str
    sort: str


@dataclass(frozen=True, slots=True)
class GroupTab:
    """One group of what was found: its words, how many, where it is by itself."""

    name: str
    words: str
    number: str
    address: str
    current: bool


def group_words(group: Group | None) -> str:
    """Return what a group is called."""
    return {
        None: _("Everything"),
        Group.CASES: _("Cases"),
        Group.DOCUMENTS: _("Documents"),
        Group.SERVICES: _("Services"),
        Group.PEOPLE: _("People"),
    }[group]


def tabs(search: SearchRequest, numbers: dict[Group, tuple[int, bool]]) -> tuple[GroupTab, ...]:
    """Return the groups with their numbers, as far as they were counted; everything first."""
    found = [GroupTab("all", group_words(None), "", _at(search.only(None)), search.group is None)]
    for group in Group:
        counted = numbers.get(group)
        words = "" if counted is None else f"{counted[0]:,}{'+' if counted[1] else ''}"
        found.append(
            GroupTab(
                group.value,
                group_words(group),
                words,
                _at(search.only(group)),
                search.group is group,
            )
        )
    return tuple(found)


def _at(search: SearchRequest) -> str:
    return reverse("search") + search.query()


def looked_since(since: datetime | None) -> str:
    """Return what was not looked through, where that would have taken long; or nothing."""
    if since is None:
        return ""
    return _(
        "These words stand together in few texts and apart in many, which takes long to look"
        " through. What happened before %(day)s has not been looked through yet."
    ) % {"day": dates.day(since)}


def case_lines(found: Iterable[FoundCase]) -> list[CaseLine]:
    """Return the cases of a page."""
    return [_case(case) for case in found]


def _case(case: FoundCase) -> CaseLine:
    more = case.number - len(case.texts)
    words = ngettext("%(n)s more entry found", "%(n)s more entries found", more)
    return CaseLine(
        ref=case.ref,
        title=case.title,
        service=case.service if case.service != case.title else "",
        step=step_name(case.procedure, case.step),
        closed=dates.day(case.closed_at) if case.closed_at else "",
        address=case_page(case.ref),
        texts=tuple(_entry(text) for text in case.texts),
        number=words % {"n": more} if more > 0 else "",
    )


def _entry(text: FoundText) -> TextLine:
    return TextLine(
        what=kind_words(text.procedure, text.what),
        when=dates.day(text.at),
        words=in_one_line(excerpt(text.said, text.places, 200)),
        address=entry_place(text.ref, text.id),
    )


def in_one_line(words: Markup) -> Markup:
    """Return words with a dot between the lines of what somebody wrote into several boxes."""
    return words.replace("\n", Markup(" · "))


def document_lines(found: Iterable[FoundText]) -> list[TextLine]:
    """Return documents: letters and papers lead to themselves, filed ones to their entries."""
    return [
        TextLine(
            what=document_words(text),
            when=dates.day(text.at),
            words=_document_excerpt(text),
            address=_document_place(text),
            ref=text.ref,
            case=text.title,
        )
        for text in found
    ]


def _document_excerpt(text: FoundText) -> Markup:
    words = excerpt(text.said, text.places, 240)
    # The lines of a file end where its page ends, and say nothing.
    return words.replace("\n", " ") if text.source == "file" else in_one_line(words)


def document_words(text: FoundText) -> str:
    """Return what sort of document something is."""
    if text.source == "file":
        return text.what
    if text.source == "entry":
        return kind_words(text.procedure, text.what)
    if text.source == "paper":
        return _("To be signed: %(sort)s") % {"sort": text.what}
    held = procedure_of(text.procedure)
    return letter_title(held, text.what) if held else _("Letter")


def _document_place(text: FoundText) -> str:
    if text.source == "letter":
        return of_case("letter-sent", text.ref, ANY_ID).replace(ANY_ID, text.id)
    return entry_place(text.ref, text.id)


def kind_words(procedure: str, kind: str) -> str:
    """Return what sort of entry something is, as its procedure calls it."""
    held = procedure_of(procedure)
    known = (held.kinds if held else KINDS).get(kind) or KINDS.get(kind)
    return said(known.title) if known else kind.replace("_", " ")


def service_lines(found: Sequence[FoundService]) -> list[ServiceLine]:
    """Return services with their cases."""
    return [_service(each) for each in found]


def _service(each: FoundService) -> ServiceLine:
    service = each.service
    name = service.name_in(spoken())
    place = ", ".join(part for part in (service.address, service.postcode) if part)
    cases = tuple(
        (ref, title, _("open") if is_open else _("closed"), case_page(ref))
        for ref, title, is_open in each.cases
    )
    every = reverse("cases") + "?" + urlencode({"q": service.name, "state": "all"})
    return ServiceLine(name, service.kind, service.provider.name_in(spoken()), place, cases, every)


def person_lines(found: Iterable[FoundPerson]) -> list[PersonLine]:
    """Return people with their roles, and how they are reached."""
    return [
        PersonLine(
            name=each.name or each.title or _role(each.role),
            role=each.title or _role(each.role),
            body=each.body_cy if spoken() == "cy" and each.body_cy else each.body,
            email=each.email,
            phone=each.phone,
            hours=each.hours,
            sort=_("Works here") if each.post else _("Contact"),
        )
        for each in found
    ]


def _role(role: str) -> str:
    return role.replace("_", " ").capitalize()
