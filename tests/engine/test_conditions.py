"""Each condition: what holds, and the reason given when it does not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from candour.engine import Entry, Standing, Words, fold
from candour.engine.conditions import (
    AllOf,
    AnyOf,
    AtStep,
    Condition,
    DutiesMet,
    Elapsed,
    FitsMatrix,
    Latest,
    Not,
    OnePerMember,
    Proposed,
    Recorded,
    RestrictionInForce,
    Situation,
)
from candour.engine.fields import Option
from candour.engine.matrix import Matrix
from candour.engine.patterns import ANY_VALUE, Pattern, Where
from tests.engine.small import (
    OPENED,
    PROCEDURE,
    WALES,
    at,
    clock,
    draft,
    entry,
    moved,
    pattern,
    standing,
    where,
)

MEETING = pattern("meeting_held", meeting="panel")
HELD = entry("meeting_held", "2026-03-30", "m1")
RATED = entry("risk_rated", "2026-03-31", "r1")
PANEL = moved("to_panel", "panel", "2026-03-16")
WHOLE = entry("restriction_imposed", "2026-03-31", "whole")


def unmet(condition: Condition, *log: Entry, when: str = "2026-06-01") -> list[str]:
    return [words.en for words in condition.unmet(Situation(standing(*log), at(when)))]


MEMBERS = OnePerMember(
    pattern=Pattern("risk_rated"), by_field="agency", members=MEETING, members_field="attended"
)
HALF_YEAR = Elapsed(clock=clock("6 months after"), calendar=WALES, pattern=MEETING)


@pytest.mark.parametrize(
    ("condition", "log", "reason"),
    [
        (Recorded(pattern=MEETING), [HELD], None),
        (
            Recorded(pattern=MEETING),
            [],
            "Needs meeting held (meeting: panel) on record; there are 0.",
        ),
        (Recorded(pattern=MEETING, at_least=2), [HELD], "Needs 2 × meeting held"),
        (Recorded(pattern=MEETING, says=Words("Hold it.")), [], "Hold it."),
        (Recorded(pattern=MEETING, since=pattern("step_entered")), [PANEL, HELD], None),
        (Recorded(pattern=MEETING, since=pattern("step_entered")), [HELD], "there are 0"),
        (Latest(pattern=MEETING, has=where(chair_role="head")), [HELD], None),
        (Latest(pattern=MEETING, has=where(chair_role="chair")), [HELD], "The latest must be"),
        (Latest(pattern=MEETING, has=()), [], "The latest must be meeting held."),
        (Latest(pattern=MEETING, has=(), says=Words("Meet first.")), [], "Meet first."),
        (Latest(pattern=MEETING, has=(), since=pattern("step_entered")), [PANEL, HELD], None),
        (Latest(pattern=MEETING, has=(), since=pattern("step_entered")), [HELD], "must be meeting"),
        (AtStep(steps=("panel",)), [PANEL], None),
        (AtStep(steps=("panel", "board")), [], "The case must be at Panel or Board."),
        (MEMBERS, [HELD, RATED], "Still missing: Health."),
        (MEMBERS, [HELD, RATED, entry("risk_rated", "2026-04-01", agency="Health")], None),
        (MEMBERS, [], "on record first"),
        (RestrictionInForce(), [WHOLE], None),
        (RestrictionInForce(kinds=("part",)), [WHOLE], "there is none"),
        (DutiesMet(duties=("decisions",)), [HELD], "Still to be done first: Decisions."),
        (DutiesMet(duties=("decisions",)), [], None),
        (HALF_YEAR, [HELD], "Needs the end of the time “6 months after”"),
        (HALF_YEAR, [], "Needs the end"),
        (AllOf(parts=(Recorded(pattern=MEETING), RestrictionInForce())), [HELD, WHOLE], None),
        (AllOf(parts=(Recorded(pattern=MEETING), RestrictionInForce())), [HELD], "restriction"),
        (AllOf(parts=(RestrictionInForce(),), says=Words("Both.")), [], "Both."),
        (AnyOf(parts=(Recorded(pattern=MEETING), RestrictionInForce())), [WHOLE], None),
        (AnyOf(parts=(Recorded(pattern=MEETING), RestrictionInForce())), [], " Or: Needs a restr"),
        (AnyOf(parts=(RestrictionInForce(),), says=Words("Either.")), [], "Either."),
        (Not(part=RestrictionInForce()), [], None),
        (Not(part=RestrictionInForce()), [WHOLE], "Must not hold: restrictioninforce"),
        (Not(part=RestrictionInForce(), says=Words("Lift it first.")), [WHOLE], "Lift it first."),
    ],
)
def test_a_condition_holds_or_says_why_not(
    condition: Condition, log: list[Entry], reason: str | None
) -> None:
    found = unmet(condition, *log)
    assert bool(found) is (reason is not None)
    assert (reason or "") in " ".join(found)


def test_all_gives_every_reason() -> None:
    both = AllOf(parts=(Recorded(pattern=MEETING), RestrictionInForce()))
    assert len(unmet(both)) == 2


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (HALF_YEAR, True),
        (
            Elapsed(clock=clock("6 months after"), calendar=WALES, pattern=MEETING, which="latest"),
            False,
        ),
        (
            Elapsed(
                clock=clock("1 month after"),
                calendar=WALES,
                pattern=MEETING,
                since=pattern("case_opened"),
                says=Words("Wait."),
            ),
            True,
        ),
    ],
)
def test_time_runs_from_the_first_or_the_latest(condition: Elapsed, *, holds: bool) -> None:
    second = entry("meeting_held", "2026-06-01", "m2")
    assert (not unmet(condition, HELD, second, when="2026-10-01")) is holds


def test_a_time_not_run_says_its_own_words() -> None:
    wait = Elapsed(
        clock=clock("1 month after"), calendar=WALES, pattern=MEETING, says=Words("Wait.")
    )
    assert unmet(wait, HELD, when="2026-04-30T23:59") == ["Wait."]
    assert unmet(wait, HELD, when="2026-05-01") == []


def flips(condition: Condition, *log: Entry) -> Iterator[str]:
    return (instant.isoformat() for instant in condition.flips(standing(*log)))


def test_only_elapsed_time_changes_by_itself_wherever_it_stands() -> None:
    nested = AllOf(parts=(AnyOf(parts=(Not(part=HALF_YEAR), RestrictionInForce())),))
    assert list(flips(nested, HELD)) == ["2026-09-30T23:00:00+00:00"]
    assert list(flips(nested)) == []
    assert list(flips(Recorded(pattern=MEETING), HELD)) == []


def test_what_is_proposed_holds_until_there_is_a_draft() -> None:
    head = Proposed(has=where(chair_role="head"), roles=("chair",))
    assert unmet(head) == []
    situation = Situation(standing(), at("2026-04-01"), draft("meeting_held", "2026-03-30"))
    assert [w.en for w in head.unmet(situation)] == [
        "Needs this entry (chair role: head) to be recorded by Chair."
    ]
    by_chair = draft("meeting_held", "2026-03-30", role="chair")
    assert head.unmet(Situation(standing(), at("2026-04-01"), by_chair)) == ()
    roles_only = Proposed(roles=("head",))
    assert [w.en for w in roles_only.unmet(situation)] == ["Needs to be recorded by Head."]


def test_patterns_look_at_kind_role_and_fields() -> None:
    assert Pattern("meeting_held", roles=("officer",)).matches(HELD)
    assert not Pattern("meeting_held", roles=("chair",)).matches(HELD)
    assert not Pattern("visit_made").matches(HELD)
    assert Pattern("meeting_held", where(attended="Health")).matches(HELD)
    assert not Pattern("meeting_held", where(attended="Police")).matches(HELD)
    filled = Pattern("meeting_held", (Where("notes", (ANY_VALUE,)),))
    assert not filled.matches(HELD)
    assert filled.matches(entry("meeting_held", "2026-03-30", notes="Long."))


def test_what_is_about_a_draft_blocks_nothing_before_there_is_one() -> None:
    whole = Proposed(has=where(restriction="whole"))
    voluntary = Not(part=AllOf(parts=(AnyOf(parts=(whole,)),)))
    assert unmet(voluntary) == []
    proposed = draft("restriction_imposed", "2026-04-01")
    assert voluntary.unmet(Situation(standing(), at("2026-04-02"), proposed))
    assert not HALF_YEAR.about_draft
    assert not Recorded(pattern=MEETING).about_draft


def test_an_outcome_must_be_one_that_the_matrix_supports() -> None:
    fits = FitsMatrix(row_field="impact", column_field="engagement", outcome_field="outcome")
    assert fits.about_draft
    low, able = Option("low", Words("Low")), Option("able", Words("Able"))
    matrix = Matrix((low,), (able,), {("low", "able"): ("stay",)}, Words("Ours."))
    here = fold(replace(PROCEDURE, matrix=matrix), (OPENED,))

    def reasons(found: Standing, impact: str = "low", outcome: str = "stay") -> list[str]:
        proposed = draft("rating_agreed", "2026-04-01", impact=impact, outcome=outcome)
        return [w.en for w in fits.unmet(Situation(found, at("2026-04-02"), proposed))]

    assert reasons(here) == []
    assert reasons(here, outcome="up") == ["For this rating the matrix supports: stay."]
    assert reasons(here, impact="high") == ["For this rating the matrix supports: nothing."]
    assert reasons(standing(), outcome="up") == [], "without a matrix there is nothing to fit"
    assert fits.unmet(Situation(here, at("2026-04-02"))) == ()
