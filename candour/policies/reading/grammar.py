"""The grammar of a pack: every part that it may have, and what each is for."""

import re
from typing import Final

from candour.engine.contacts import DAYS
from candour.engine.for_bodies import FUNCTIONS
from candour.policies.reading.checking import Checking, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.leaving_out import WITHOUT
from candour.policies.reading.lists import ID, NAME, OPTIONS, Distinct
from candour.policies.reading.matrices import MATRIX
from candour.policies.reading.meetings import MEETINGS
from candour.policies.reading.nodes import Mapped
from candour.policies.reading.own_fields import OwnFields
from candour.policies.reading.rules import AUTO, CLAUSES, DUTY, GATE, MOVE, TITLE
from candour.policies.reading.shapes import (
    ClockWords,
    Day,
    Flag,
    ListOf,
    Named,
    OneOf,
    Register,
    Text,
)
from candour.policies.reading.templates import TEMPLATE
from candour.policies.reading.texts import BOTH_LANGUAGES

CLAUSE_KINDS: Final = (
    "record",
    "clock",
    "gate",
    "role",
    "tell",
    "form",
    "auto",
    "report",
    "access",
)
DOCUMENT_TYPES: Final = ("letter", "form", "notice", "agenda", "checklist", "report", "terms")
NATIONS: Final = ("england", "wales", "uk")

CLAUSE = Group(
    "a clause",
    (
        Part("id", ID, "How everything refers to it.", required=True),
        Part("at", Text(), "Where it stands in the source.", required=True),
        Part("kind", OneOf(CLAUSE_KINDS), "What sort of rule it lays down.", required=True),
        Part("does", Text(), "What it lays down, in your own words.", required=True),
        Part("carried_by", ListOf(ID), "Clauses of the base that carry it here."),
    ),
)

SOURCE = Group(
    "a source",
    (
        Part("id", ID, "A short name for it.", required=True),
        Part("title", Text(), "Its title.", required=True),
        Part("publisher", Text(), "Who published it.", required=True),
        Part("dated", Day(), "Its date."),
        Part("address", Text(), "Where it can be read."),
    ),
)

ROLE = Group(
    "a role",
    (TITLE, CLAUSES, Part("outside", Flag(), "True for people who never sign in as staff.")),
)

STEP = Group(
    "a step",
    (
        TITLE,
        Part("describes", BOTH_LANGUAGES, "What happens there."),
        CLAUSES,
        Part("final", Flag(), "True where a case that comes here is closed."),
    ),
)

DOCUMENT = Group(
    "a document",
    (
        TITLE,
        Part("type", OneOf(DOCUMENT_TYPES), "What sort of document.", required=True),
        Part("at", Text(), "Where it stands in the source: “App. 15”."),
        Part("audience", Text(), "Whom it is for."),
        CLAUSES,
    ),
)

VALIDITY = Group(
    "a validity",
    (
        Part("from", Day(open=True), "The first day on which it is in force.", required=True),
        Part("to", Day(open=True), "The last day; null while there is none."),
    ),
)

REVIEW = Group(
    "a review",
    (
        Part("approved", Day(), "When the policy was approved.", required=True),
        Part("every", ClockWords(repeats=True), "How often it is reviewed."),
        Part("next", Day(), "When it is reviewed next; worked out from “every” when left out."),
        Part("officer", Text(), "Who answers for it.", required=True),
        CLAUSES,
    ),
)


FOR_BODIES = Group(
    "the bodies it is of",
    (
        Part("functions", ListOf(OneOf(FUNCTIONS)), "It holds one of these, by the directory."),
        Part(
            "named",
            ListOf(Text()),
            "It has one of these names in the directory, or came after a body that had it.",
        ),
    ),
)

CLOCK_TIME: Final = Text(r"([01]\d|2[0-3]):[0-5]\d", "a time of day like “09:30”")


def _check_hours(node: Mapped, _: Trail, checking: Checking) -> None:
    opens, closes = (node.items.get(part) for part in ("from", "to"))
    times = [str(part.plain()) for part in (opens, closes) if part]
    real = len(times) == 2 and all(re.fullmatch(CLOCK_TIME.pattern, one) for one in times)
    if closes and real and times[1] <= times[0]:
        said = f"The hours end at {times[1]}, before they begin at {times[0]}. Hours"
        checking.fault(closes.place, f"{said} past midnight belong to a contact with “otherwise”.")


HOURS = Group(
    "some hours",
    (
        Part("days", ListOf(OneOf(DAYS)), "The days of the week.", required=True),
        Part("from", CLOCK_TIME, "London time from which it answers.", required=True),
        Part("to", CLOCK_TIME, "London time until which it answers.", required=True),
    ),
    also=_check_hours,
)

CONTACT = Group(
    "a contact",
    (
        TITLE,
        Part("for", ListOf(Named("referral")), "Ids of the list “referrals”.", required=True),
        Part("phone", Text(), "Its number."),
        Part("email", Text(), "Its address."),
        Part("note", BOTH_LANGUAGES, "What to know before calling."),
        Part("hours", ListOf(HOURS), "When it answers; always, when left out."),
        Part("hours_known", Flag(), "False where it keeps hours that nobody has told us."),
        Part("on_holidays", OneOf(("closed", "open")), "On bank holidays: closed if left out."),
        Part("otherwise", Flag(), "True where it answers only while those with hours do not."),
        Part("valid", VALIDITY, "The days from and to which it is there."),
        CLAUSES,
    ),
)


def _check_pack(node: Mapped, _: Trail, checking: Checking) -> None:
    given = {"clauses", "clauses_from"} & node.items.keys()
    if len(given) != 1:
        fault = "A pack needs its clauses: “clauses” with a register, or “clauses_from” naming"
        checking.fault(node.place, f"{fault} the pack whose register it shares; one of the two.")
    if "without" in node.items and "based_on" not in node.items:
        fault = "“without” leaves out parts of a base, and this pack has none. Say “based_on”."
        checking.fault(node.named_at["without"], fault)
    validity = node.items.get("valid")
    if isinstance(validity, Mapped):
        first, last = (validity.items.get(part) for part in ("from", "to"))
        days = [str(day.plain()) for day in (first, last) if day is not None and day.plain()]
        if first and last and len(days) == 2 and days[1] < days[0]:
            checking.fault(last.place, f"The last day, {days[1]}, is before the first, {days[0]}.")


PACK: Final = Group(
    "a pack",
    (
        Part("procedure", NAME, "Its name: that of its folder.", required=True),
        Part("base", Flag(), "True where it only serves other packs: no case is opened under it."),
        Part("based_on", NAME, "The base whose parts it takes over."),
        Part("without", WITHOUT, "What it leaves out of its base."),
        Part("version", Text(), "Its version, in quotation marks.", required=True),
        TITLE,
        Part("summary", BOTH_LANGUAGES, "What it is for, in a sentence or two.", required=True),
        Part("nation", OneOf(NATIONS), "The nation whose law it follows.", required=True),
        Part("calendar", Named("calendar"), "Whose holidays its clocks go by.", required=True),
        Part("about", OneOf(("service", "body")), "What a case is about; a service if left out."),
        Part("for_bodies", FOR_BODIES, "Whose it is: who may open cases; anybody if left out."),
        Part("start", Named("step"), "The step at which a case begins.", required=True),
        Part("one_live_case", ListOf(Named("clause")), "Clauses: one live case for each service."),
        Part("valid", VALIDITY, "The days on which it is in force."),
        Part("review", REVIEW, "When the policy was approved and is reviewed."),
        Part("sources", Distinct(SOURCE), "The documents it comes from.", required=True),
        Part("clauses", Distinct(CLAUSE), "The register of clauses, in your own words."),
        Part("clauses_from", NAME, "The pack whose register of clauses this one shares."),
        Part("roles", Register(NAME, ROLE), "Who acts under it.", required=True),
        Part("steps", Register(NAME, STEP), "Where a case can be.", required=True),
        Part("options", Register(NAME, OPTIONS), "The choices that fields offer."),
        Part("fields", OwnFields(), "Fields added to kinds of entry."),
        Part("hides", ListOf(Named("kind of entry")), "Kinds of entry not used under it."),
        Part("moves", Register(NAME, MOVE), "The ways from step to step.", required=True),
        Part("gates", Register(NAME, GATE), "What must hold before an entry is recorded."),
        Part("duties", Register(NAME, DUTY), "What must be done, and by when."),
        Part("autos", Register(NAME, AUTO), "What the system does or proposes by itself."),
        Part("documents", Register(NAME, DOCUMENT), "The forms and letters that it names."),
        Part("templates", Register(NAME, TEMPLATE), "The texts of documents, and who gets them."),
        Part("contacts", Register(NAME, CONTACT), "Whom to call, for what and at which hours."),
        Part("meetings", MEETINGS, "Who meets, when they may decide, and on what."),
        Part("matrix", MATRIX, "How risk is rated."),
    ),
    also=_check_pack,
)
