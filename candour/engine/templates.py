"""Templates: the text of a letter, notice or form, whom it is for and who must get it.

What a template may say follows from its audience; who may get it does too. Both lists are closed,
so that no pack can send the members’ part of a case to a provider by a word of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from candour.engine.patterns import Pattern
from candour.engine.words import Words


class Audience(StrEnum):
    """For whom a text is written: the closed list that decides which facts it may hold."""

    MEMBERS = "members"  # the agencies of the case, who alone see the members’ part
    PARTNERS = "partners"  # regulator, commissioners, safeguarding, scrutiny, national body
    PROVIDER = "provider"  # never the members’ part, never who reported
    PEOPLE = "people"  # people supported, families, the person who reported
    NETWORK = "network"  # nothing that identifies a person, and no free text
    PUBLIC = "public"  # the same, for anybody


ROLE: Final = "role"  # the rule that names a role of the procedure
REPORTER: Final = "reporter"

RECIPIENTS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "provider": Words("The provider", "Y darparwr"),
        "responsible_individual": Words("The responsible individual", "Yr unigolyn cyfrifol"),
        "regulator": Words("The regulator", "Y rheoleiddiwr"),
        "commissioners": Words("Every commissioning authority", "Pob awdurdod comisiynu"),
        "placing_authorities": Words(
            "Every authority with placements there", "Pob awdurdod â lleoliadau yno"
        ),
        "safeguarding": Words("Safeguarding", "Diogelu"),
        "scrutiny": Words("Health scrutiny", "Craffu iechyd"),
        "quality_surveillance": Words("Quality surveillance group", "Grŵp goruchwylio ansawdd"),
        "health_wellbeing_board": Words("Health and Wellbeing Board", "Bwrdd Iechyd a Llesiant"),
        "national_body": Words("The national body", "Y corff cenedlaethol"),
        "network": Words("The network", "Y rhwydwaith"),
        "members": Words("Those invited or attending", "Y rhai a wahoddwyd neu a ddaeth"),
        REPORTER: Words("The person who reported", "Y person a adroddodd"),
        "people_supported": Words("People supported", "Pobl a gefnogir"),
        "families": Words("Families", "Teuluoedd"),
        "cqc_enquiries": Words("CQC’s enquiries address", "Cyfeiriad ymholiadau CQC"),
        "cqc": Words("The Care Quality Commission", "Y Comisiwn Ansawdd Gofal"),
        "ofsted": Words("Ofsted", "Ofsted"),
        "council": Words("The council of the area", "Cyngor yr ardal"),
        # Healthwatch England’s, who is copied into what goes to CQC (HE-07).
        "cqc_regional_manager": Words(
            "Healthwatch England’s regional manager", "Rheolwr rhanbarthol Healthwatch England"
        ),
        "complaints": Words("Complaints body or ombudsman", "Corff cwynion neu ombwdsmon"),
        "others": Words("Others", "Eraill"),
    }
)

_AGENCIES: Final = frozenset(
    {
        "regulator",
        "commissioners",
        "placing_authorities",
        "safeguarding",
        "scrutiny",
        "quality_surveillance",
        "health_wellbeing_board",
        "national_body",
        "members",
        "cqc",
        "ofsted",
        "council",
        "cqc_enquiries",
        "cqc_regional_manager",
        "complaints",
        "others",
        ROLE,
    }
)
_EVERYBODY: Final = frozenset({*RECIPIENTS, ROLE}) - {REPORTER}

# Who may get a text that is written for an audience. A copy tells no less than the letter.
MAY_GET: Final[Mapping[Audience, frozenset[str]]] = MappingProxyType(
    {
        # Every commissioning authority is owed the decisions and the minutes of a meeting, whether
        # it was there or not (CV-56, CV-58); the regulator gets the minutes (CV-87).
        Audience.MEMBERS: frozenset({"members", "commissioners", "regulator", ROLE}),
        Audience.PARTNERS: _AGENCIES,
        Audience.PROVIDER: _AGENCIES | {"provider", "responsible_individual"},
        Audience.PEOPLE: _EVERYBODY | {REPORTER},
        Audience.NETWORK: _EVERYBODY,
        Audience.PUBLIC: _EVERYBODY,
    }
)


@dataclass(frozen=True, slots=True)
class RecipientRule:
    """Who gets a text: one of `RECIPIENTS`, or whoever holds `role` (then `name` is `ROLE`)."""

    name: str
    role: str = ""

    def __str__(self) -> str:
        """Return it in a word or two: “provider”, “role chair”."""
        return f"{self.name} {self.role}".strip()


@dataclass(frozen=True, slots=True)
class Recording:
    """The entry that sending makes: its kind, and values that it always has."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Template:
    """The text of one of a procedure’s documents, in both languages, with who must get it.

    Attributes:
        id: its name in the procedure.
        document: the id of the document that it is the text of.
        audience: for whom it is written; no fact that this audience may not see comes into it.
        subject: its subject line, with merge fields.
        text: Markdown with merge fields.
        about: the entries that it may speak of, one at a time; none where it speaks of the case.
        to: who must get it.
        copied_to: who gets a copy.
        records: what sending it records; None for a paper that is opened, filled in and printed.
        basis: the id of the legal basis on which it is shared.
        purpose: what it is shared for.
        signed_by: the role whose holder’s name stands under it.
        clauses: the clauses that it serves.
    """

    id: str
    document: str
    audience: Audience
    subject: Words
    text: Words
    about: tuple[Pattern, ...] = ()
    to: tuple[RecipientRule, ...] = ()
    copied_to: tuple[RecipientRule, ...] = ()
    records: Recording | None = None
    basis: str = ""
    purpose: Words = field(default_factory=lambda: Words(""))
    signed_by: str = ""
    clauses: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[RecipientRule, ...]:
        """Everybody who gets it, by letter or copy."""
        return (*self.to, *self.copied_to)


def wrong_recipients(template: Template) -> Iterator[RecipientRule]:
    """Yield those who may not get what is written for a template’s audience.

    What goes to the person who reported, whose name stands on it, goes to nobody else outside.
    """
    names = {rule.name for rule in template.rules}
    allowed = MAY_GET[template.audience]
    if REPORTER in names:
        allowed = allowed & {REPORTER, ROLE}
    yield from (rule for rule in template.rules if rule.name not in allowed)
