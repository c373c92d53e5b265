"""Who may see what: the entries and fields from which a text for an audience may be made.

This is the one place that decides it. Where it cannot be told, nothing is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.engine.audiences import EVERYBODY
from candour.engine.conditions.on_sharing import ALLOWED, WITHHELD, latest_decision
from candour.engine.corrections import CORRECTION
from candour.engine.entries import Entry
from candour.engine.fields import Field, FieldType
from candour.engine.standing import Standing
from candour.engine.templates import REPORTER, ROLE, Audience, RecipientRule, Template
from candour.engine.vocabulary.outside import KINDS as FROM_OUTSIDE

NO_FREE_TEXT: Final = frozenset({Audience.NETWORK, Audience.PUBLIC})
_NOT_MEMBERS: Final = frozenset(Audience) - {Audience.MEMBERS}
_OUTSIDE: Final = _NOT_MEMBERS - {Audience.PARTNERS}

# What single agencies think, and what is decided about sharing, stays among the agencies; so do
# corrections, which repeat what was wrong. What runs beside a case is told by those who run it.
CLOSED_KINDS: Final[Mapping[str, frozenset[Audience]]] = {
    **dict.fromkeys(
        (
            "risk_rated",
            "rating_sealed",
            "ratings_called",
            "ratings_opened",
            "conflict_declared",
            "information_withheld",
            "sharing_allowed",
            "observation_made",  # notes from a visit are its visitors' own until they are reported
            CORRECTION,
        ),
        _NOT_MEMBERS,
    ),
    **dict.fromkeys(
        (
            *("process_started", "process_progressed", "process_ended", "experience_linked"),
            # Who wrote to us, in words of their own; and whom something did not reach.
            *("message_received", "delivery_failed", "sent_again"),
            # A visit that is not announced would be by these.
            *("visit_planned", "visit_called_off"),
            # Which other bodies see the case.
            *("case_shared", "case_share_ended"),
            # Who was invited from outside, and what each of them said.
            *(kind.name for kind in FROM_OUTSIDE),
        ),
        _OUTSIDE,
    ),
}

# From these it could be told who reported. A pack’s own field is one of them by its name.
CLOSED_FIELDS: Final[Mapping[tuple[str, str], frozenset[Audience]]] = {
    ("meeting_held", "notes"): _NOT_MEMBERS,
    ("concern_raised", "route"): _OUTSIDE,
    ("evidence_added", "from_whom"): _OUTSIDE,
    ("view_sought", "from_whom"): _OUTSIDE,
    ("feedback_received", "from_role"): _OUTSIDE,
    ("contact_made", "with_whom"): _OUTSIDE,
    ("contact_made", "notes"): _OUTSIDE,
}
_WHO_REPORTED: Final = ("reporter", "reported_by")

# Names of bodies, which a text without free text may hold.
NAMES_OF_BODIES: Final = frozenset(
    {
        ("recommendation_issued", "to"),
        ("recommendation_forwarded", "to"),
        ("report_published", "title"),
        ("report_published", "where"),
    }
)
_FREE: Final = frozenset({FieldType.LINE, FieldType.TEXT, FieldType.LINES, FieldType.CHANGES})

_AGENCIES: Final = ("regulator", "commissioners", "safeguarding", "police", "health")
_PEOPLE: Final = ("people_and_families", REPORTER)
_ALL: Final = (
    *("provider", *_AGENCIES, "scrutiny", "national_body"),
    *_PEOPLE,
    "others",
)
# Whose decisions on sharing bind a text, where its rules name nobody.
_BY_AUDIENCE: Final[Mapping[Audience, tuple[str, ...]]] = {
    Audience.MEMBERS: _AGENCIES,
    Audience.PARTNERS: (*_AGENCIES, "scrutiny", "national_body", "others"),
    Audience.PROVIDER: ("provider",),
    Audience.PEOPLE: _PEOPLE,
    Audience.NETWORK: _ALL,
    Audience.PUBLIC: _ALL,
}
# Recipients by rule, as the kinds of recipient that decisions on sharing name.
SHARED_WITH: Final[Mapping[str, tuple[str, ...]]] = {
    "provider": ("provider",),
    "responsible_individual": ("provider",),
    "regulator": ("regulator",),
    "cqc": ("regulator",),
    "ofsted": ("regulator",),
    "council": ("commissioners", "safeguarding"),
    "cqc_enquiries": ("regulator",),
    "cqc_regional_manager": ("national_body",),
    "commissioners": ("commissioners",),
    "placing_authorities": ("commissioners",),
    "network": ("commissioners",),
    "safeguarding": ("safeguarding",),
    "scrutiny": ("scrutiny",),
    "complaints": ("scrutiny",),
    "quality_surveillance": ("health", "commissioners", "regulator"),
    "health_wellbeing_board": ("health", "commissioners"),
    "national_body": ("national_body",),
    "members": _AGENCIES,
    REPORTER: (REPORTER,),
    "people_supported": ("people_and_families",),
    "families": ("people_and_families",),
    "others": ("others",),
    ROLE: (),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What one audience may see of a case at a moment.

    Attributes:
        standing: the case.
        audience: for whom the text is written.
        kinds: the kinds of recipient whose decisions on sharing bind it.
        moment: an instant; what was decided later does not count.
    """

    standing: Standing
    audience: Audience
    kinds: tuple[str, ...]
    moment: datetime

    def sees(self, entry: Entry) -> bool:
        """Say whether what this entry says may come into the text."""
        if closed_kind(entry.kind, self.audience):
            return False
        if any(not self._open(correction) for correction in self._corrections(entry)):
            return False
        return self._open(entry)

    def _open(self, entry: Entry) -> bool:
        decided = [
            decision.kind if decision else ""
            for kind in self.kinds
            for decision in (latest_decision(self.standing, entry.id, kind, self.moment),)
        ]
        if WITHHELD in decided:
            return False
        if entry.audience in (EVERYBODY, self.audience):
            return True
        return bool(decided) and all(kind == ALLOWED for kind in decided)

    def _corrections(self, entry: Entry) -> Iterable[Entry]:
        """Return what has changed the words of an entry."""
        found = self.standing.by_kind.get(CORRECTION, ())
        return (correction for correction in found if entry.id in correction.refers_to)


def sight_for(
    standing: Standing,
    template: Template,
    moment: datetime,
    also: Iterable[RecipientRule] = (),
) -> Sight:
    """Return what a template’s text may be made from; `also` are recipients beside its rules."""
    rules = (*template.rules, *also)
    named = [kind for rule in rules for kind in SHARED_WITH[rule.name]]
    if template.audience in NO_FREE_TEXT or not named:
        named = list(_BY_AUDIENCE[template.audience])
    return Sight(standing, template.audience, tuple(dict.fromkeys(named)), moment)


def sight_of(standing: Standing, audience: Audience, moment: datetime) -> Sight:
    """Return what an audience may see of a case, whichever of its recipients reads it."""
    return Sight(standing, audience, _BY_AUDIENCE[audience], moment)


def closed_kind(kind: str, audience: Audience) -> bool:
    """Say whether no entry of a kind may come into a text for an audience."""
    return audience in CLOSED_KINDS.get(kind, ())


def closed_field(kind: str, known: Field, audience: Audience) -> bool:
    """Say whether a field of a kind may not come into a text for an audience."""
    if audience in CLOSED_FIELDS.get((kind, known.name), ()):
        return True
    if audience in _OUTSIDE and known.name.startswith(_WHO_REPORTED):
        return True
    return (
        audience in NO_FREE_TEXT
        and known.type in _FREE
        and (kind, known.name) not in NAMES_OF_BODIES
    )
