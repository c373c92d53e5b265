"""Nothing that an audience may not see comes into what is written for it, whatever a log holds.

Logs are made up at random, with a mark of its own in every text of every entry. What a letter may
not hold is worked out here by itself, and no mark of that may stand in any fact or any letter.
"""

import random
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from candour import policies
from candour.documents.facts import Asked, ClosedToAudience, Directory, facts_for, sight_for
from candour.documents.merging import merge, merge_line
from candour.engine import Entry, Standing, fold
from candour.engine.fields import Field, FieldType
from candour.engine.kinds import Kind
from candour.engine.procedure import Procedure
from candour.engine.templates import Audience, Template
from candour.engine.vocabulary import MOVING

BEGAN = datetime(2026, 2, 28, 9, tzinfo=UTC)
MARK = re.compile(r"MARK-\d+")
PACKS = ("cardiff_vale", "healthwatch_derbyshire", "healthwatch_england")
OUTSIDE = {Audience.PROVIDER, Audience.PEOPLE, Audience.NETWORK, Audience.PUBLIC}
NO_WORDS = {Audience.NETWORK, Audience.PUBLIC}
WHO_REPORTED = {
    ("evidence_added", "from_whom"),
    ("view_sought", "from_whom"),
    ("feedback_received", "from_role"),
    ("contact_made", "with_whom"),
    ("contact_made", "notes"),
}
AGENCIES_ONLY = {
    *("risk_rated", "rating_sealed", "ratings_called", "ratings_opened", "conflict_declared"),
    *("information_withheld", "sharing_allowed", "correction_made"),
}
ALONGSIDE = {
    *("process_started", "process_progressed", "process_ended", "experience_linked"),
    *("message_received", "delivery_failed", "sent_again"),
}
SPOKEN_OF = (
    *("concern_raised", "evidence_added", "action_added", "restriction_imposed", "decision_made"),
    *("meeting_called", "meeting_held", "recommendation_issued", "restriction_varied"),
)
DECISIVE = ("information_withheld", "sharing_allowed", "correction_made")
BODIES = {
    *(("recommendation_issued", "to"), ("recommendation_forwarded", "to")),
    *(("report_published", "title"), ("report_published", "where")),
}


class Marks:
    """The marks made so far, and of which entry and field each is."""

    def __init__(self) -> None:
        self.of: dict[str, tuple[str, str, str]] = {}

    def new(self, entry: str, kind: str, field: str) -> str:
        mark = f"MARK-{len(self.of)}"
        self.of[mark] = (entry, kind, field)
        return mark


def made_up(seed: int) -> tuple[Standing, Marks]:
    """Return a case with marks in every text, and which they are."""
    chance = random.Random(seed)  # noqa: S311 - cases of a test
    procedure = policies.load(chance.choice(PACKS))
    kinds = [
        name
        for name in procedure.kinds
        if name not in (*MOVING, "case_opened", "procedure_changed", "clock_resumed")
    ]
    marks, entries = Marks(), list[Entry]()
    told = [name for name in (*SPOKEN_OF, *DECISIVE, *DECISIVE) if name in kinds]
    listed = [chance.choice((chance.choice(kinds), chance.choice(told))) for _ in range(14)]
    for name in ["case_opened", *listed]:
        kind = procedure.kinds[name]
        able = [e for e in entries if not kind.refers or e.kind in kind.refers]
        if able or not kind.must_refer:
            entries.append(_entry(chance, procedure, kind, able, marks, len(entries)))
    return fold(procedure, entries), marks


def _entry(
    chance: random.Random,
    procedure: Procedure,
    kind: Kind,
    able: list[Entry],
    marks: Marks,
    number: int,
) -> Entry:
    id_, at = f"e{number}", BEGAN + timedelta(hours=7 * number)
    most = 1 if kind.name == "correction_made" else 2
    refers = chance.sample(able, min(len(able), chance.randint(int(kind.must_refer), most)))
    data = {
        known.name: value
        for known in kind.fields
        if (value := _value(chance, known, marks, (id_, kind.name))) is not None
    }
    if kind.name == "correction_made":
        data |= {"withdraws": False, "changes": _changes(refers[0], marks, id_)}
        del data["happened_at"]
    return Entry(
        id_,
        kind.name,
        at,
        at,
        "author",
        next(iter(procedure.roles)),
        data,
        tuple(entry.id for entry in refers),
        marks.new(id_, kind.name, "body"),
        chance.choice(("case", "case", "members")),
        marks.new(id_, kind.name, "override"),
    )


def _changes(entry: Entry, marks: Marks, correction: str) -> dict[str, Any]:
    """Return the right words of one text of an entry: marked as the correction’s, of that field."""
    plain = [name for name, value in entry.data.items() if str(value).startswith("MARK-")]
    return {name: marks.new(correction, entry.kind, name) for name in plain[:1]}


def _value(chance: random.Random, known: Field, marks: Marks, of: tuple[str, str]) -> Any:
    ids = [option.id for option in known.options]
    plain: dict[FieldType, Any] = {
        FieldType.YES_NO: chance.choice((True, False)),
        FieldType.WHOLE: 7,
        FieldType.DATE: f"2026-{chance.randint(1, 12):02}-28",
        FieldType.MOMENT: BEGAN.isoformat(),
        FieldType.TIME: "09:30",
    }
    if known.type in (FieldType.LINE, FieldType.TEXT):
        return marks.new(*of, known.name)
    if known.type is FieldType.LINES:
        return [marks.new(*of, known.name)]
    if known.type is FieldType.CHOICES:
        return chance.sample(ids, chance.randint(1, len(ids)))
    return chance.choice(ids) if ids else plain.get(known.type)


def forbidden(standing: Standing, marks: Marks, template: Template, at: datetime) -> set[str]:
    """Return the marks that may not stand in what is written from this template."""
    kinds = sight_for(standing, template, at).kinds
    hidden = {e.id for e in standing.recorded if _hidden(standing, e, template.audience, kinds)}
    return {
        mark
        for mark, (entry, kind, field) in marks.of.items()
        if entry in hidden
        or field in ("body", "override", "salt", "letter")
        or (template.audience in OUTSIDE and (kind, field) in WHO_REPORTED)
        or (template.audience in NO_WORDS and (kind, field) not in BODIES)
        or (
            template.audience is not Audience.MEMBERS and (kind, field) == ("meeting_held", "notes")
        )
    }


def _hidden(standing: Standing, entry: Entry, who: Audience, kinds: tuple[str, ...]) -> bool:
    if who is not Audience.MEMBERS and entry.kind in AGENCIES_ONLY - {"correction_made"}:
        return True
    if who in OUTSIDE and entry.kind in ALONGSIDE:
        return True
    decisions = [_decided(standing, entry, kind) for kind in kinds]
    if "information_withheld" in decisions:
        return True
    opened = bool(decisions) and set(decisions) == {"sharing_allowed"}
    return entry.audience == "members" and who is not Audience.MEMBERS and not opened


def _decided(standing: Standing, entry: Entry, kind: str) -> str:
    """Return the kind of the last decision on whether this kind of recipient may have an entry."""
    found = [
        each.kind
        for each in standing.chronicle
        if each.kind in ("information_withheld", "sharing_allowed")
        and entry.id in each.refers_to
        and kind in each.data.get("recipients", ())
    ]
    return found[-1] if found else ""


def shown(standing: Standing, template: Template, about: str, at: datetime) -> set[str]:
    """Return every mark in the facts of a template, and in its letter, in either language."""
    title = str(standing.recorded[0].data["title"])
    found: set[str] = set()
    for language in ("en", "cy"):
        asked = Asked(template, language, at, about)
        facts = facts_for(standing, asked, Directory("REF", title))
        words = [text for fact in facts.facts for text in (fact.value, str(fact.plain))]
        words += [item.value for fact in facts.facts for item in fact.items]
        words += [merge(template.text.text(language), facts).text]
        words += [merge_line(template.subject.text(language), facts).text]
        found |= {mark for text in words for mark in MARK.findall(text)}
    return found


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_no_letter_holds_what_its_audience_may_not_see(seed: int) -> None:
    standing, marks = made_up(seed)
    chance, at = random.Random(seed), BEGAN + timedelta(days=30)  # noqa: S311
    for template in chance.sample(list(standing.procedure.templates.values()), 6):
        fitting = [e.id for e in standing.chronicle if any(p.matches(e) for p in template.about)]
        about = chance.choice(fitting) if fitting else ""
        try:
            leaked = shown(standing, template, about, at) & forbidden(standing, marks, template, at)
        except ClosedToAudience:
            continue
        assert not leaked, (template.id, template.audience, {m: marks.of[m] for m in leaked})


def test_every_audience_has_a_template_that_is_tried() -> None:
    tried = {t.audience for name in PACKS for t in policies.load(name).templates.values()}
    assert tried >= set(Audience) - {Audience.PUBLIC}


def test_what_may_be_seen_is_shown() -> None:
    """The property above would hold of letters that say nothing."""
    procedure = policies.load("cardiff_vale")
    marks = Marks()
    data = {"title": "Care", "service": "Ty Enfys", "lead_agency": "Cardiff Council"}
    opened = {**data, "safeguarding_risk": False, "nursing": False}
    concern = {"seriousness": "low", "what_happened": marks.new("e1", "concern_raised", "x")}
    standing = fold(
        procedure,
        [
            Entry("e0", "case_opened", BEGAN, BEGAN, "a", "lead_officer", opened),
            Entry("e1", "concern_raised", BEGAN, BEGAN, "a", "lead_officer", concern),
        ],
    )
    template = procedure.templates["letter_status"]
    assert shown(standing, template, "", BEGAN) == {"MARK-0"}
