"""What a restriction keeps out, as it is varied and lifted; and whether a person may be placed."""

from candour.engine import fold
from candour.engine.conditions import DuePassed, Situation
from candour.engine.placing import (
    Placement,
    PlacingAnswer,
    answer_of,
    choices_of,
    in_force,
    may_place,
)
from candour.engine.restrictions import Restriction, spans
from tests.engine.small import OPENED, PROCEDURE, at, draft, entry
from tests.engine.test_propose import refusal

YES, CONDITIONS, ASK, NO = PlacingAnswer


def held(kind: str, **sides: tuple[str, ...]) -> Restriction:
    return Restriction("r", kind, "In words.", at("2026-03-30"), **sides)  # type: ignore[arg-type]  # only the sides, which are tuples


def said(restriction: Restriction, **placement: str) -> PlacingAnswer:
    return answer_of([restriction], Placement(**placement)).answer


def test_with_nothing_in_force_there_is_nothing_against_it() -> None:
    assert may_place([fold(PROCEDURE, [OPENED])], Placement(), at("2026-04-01")).answer is YES
    assert may_place([], Placement(), at("2026-04-01")).reasons == ()


def test_a_whole_service_takes_nobody() -> None:
    assert said(held("whole_service")) is NO
    assert said(held("voluntary"), care_type="nursing") is NO
    assert said(held("conditional")) is CONDITIONS


def test_a_restriction_keeps_out_only_what_it_names() -> None:
    dementia = held("care_type", care_types=("dementia",))
    assert said(dementia, care_type="dementia") is NO
    assert said(dementia, care_type="residential") is YES
    assert said(dementia) is ASK
    assert answer_of([dementia], Placement()).reasons[0].unknown == ("care_type",)


def test_all_sides_that_it_names_have_to_fit() -> None:
    unit = held("part_of_service", units=("Dementia Unit",), funders=("council",))
    assert said(unit, unit="dementia  unit", funder="council") is NO
    assert said(unit, unit="Dementia Unit", funder="health_board") is YES
    assert said(unit, unit="Dementia Unit") is ASK
    assert said(unit, unit="Garden wing") is YES


def test_a_scope_in_words_alone_means_asking() -> None:
    answer = answer_of([held("complexity")], Placement(complexity="chc"))
    assert answer.answer is ASK
    assert answer.reasons[0].unknown == ()


def test_the_strictest_of_several_says() -> None:
    several = [held("conditional"), held("care_type", care_types=("nursing",))]
    assert answer_of(several, Placement(care_type="nursing")).answer is NO
    assert answer_of(several, Placement(care_type="residential")).answer is CONDITIONS
    assert len(answer_of(several, Placement()).reasons) == 2


IMPOSED = entry("restriction_imposed", "2026-03-30", "whole", units=["Ty Coch"])
VARIED = entry(
    "restriction_varied",
    "2026-04-10",
    "varied",
    "whole",
    scope="Ty Glas only.",
    units=["Ty Glas"],
    decided_by_role="head",
    reason="Ty Coch is safe again.",
)
LIFTED = entry("restriction_lifted", "2026-04-20", "lifted", "whole")


def test_a_restriction_is_as_it_was_last_varied() -> None:
    standing = fold(PROCEDURE, [OPENED, IMPOSED, VARIED])
    (now,) = standing.restrictions
    assert (now.units, now.scope, now.varied_by) == (("Ty Glas",), "Ty Glas only.", "varied")
    assert now.since == at("2026-03-30")
    other = entry("restriction_imposed", "2026-04-01", "other")
    assert [
        r.varied_by for r in fold(PROCEDURE, [OPENED, IMPOSED, other, VARIED]).restrictions
    ] == [
        "varied",
        "",
    ]


def test_the_answer_is_that_of_the_moment_asked_about() -> None:
    standing = fold(PROCEDURE, [OPENED, IMPOSED, VARIED, LIFTED])
    days = ("2026-03-29", "2026-03-30", "2026-04-09", "2026-04-10", "2026-04-19", "2026-04-20")
    coch = [may_place([standing], Placement(unit="Ty Coch"), at(day)).answer is NO for day in days]
    assert coch == [False, True, True, False, False, False]
    assert in_force(standing, at("2026-04-20")) == standing.restrictions == ()


def test_what_is_not_in_force_cannot_be_varied() -> None:
    again = draft(
        "restriction_varied",
        "2026-04-20T10:00",
        "whole",
        scope="All.",
        decided_by_role="head",
        reason="Once more.",
    )
    found = refusal((IMPOSED, LIFTED), again)
    assert "not in force" in str(found)


def test_time_runs_out_whether_a_duty_was_met_or_not() -> None:
    ran = DuePassed(duties=("decisions",))
    meeting = entry("meeting_held", "2026-03-30T14:00")
    told = entry("minutes_circulated", "2026-03-30T15:00")
    standing = fold(PROCEDURE, [OPENED, meeting, told])
    (words,) = ran.unmet(Situation(standing, at("2026-03-31T23:59")))
    assert words.en == "Time still runs: Decisions."
    assert ran.unmet(Situation(standing, at("2026-04-01"))) == ()
    assert list(ran.flips(standing)) == [at("2026-04-01")]
    assert ran.unmet(Situation(fold(PROCEDURE, [OPENED]), at("2026-03-31"))) == ()
    assert not ran.about_draft


def test_each_restriction_is_told_from_when_until_when_it_stood_so() -> None:
    reviewed = entry("restriction_reviewed", "2026-04-15", "looked", outcome="stays", reason="x")
    other = entry("restriction_imposed", "2026-04-12", "other", units=["Garden"])
    found = spans(fold(PROCEDURE, [OPENED, IMPOSED, VARIED, other, reviewed, LIFTED]).chronicle)
    assert [(span.key, span.begins, span.ends) for span in found] == [
        ("whole/", at("2026-03-30"), at("2026-04-10")),
        ("whole/varied", at("2026-04-10"), at("2026-04-20")),
        ("other/", at("2026-04-12"), None),
    ]
    assert [span.restriction.units for span in found] == [("Ty Coch",), ("Ty Glas",), ("Garden",)]
    assert [span.restriction.reviewed_at for span in found] == [
        None,
        at("2026-04-15"),
        at("2026-04-15"),
    ]
    assert found[1].restriction.since == at("2026-03-30")


def test_what_can_be_said_of_a_placement_is_what_restrictions_may_name() -> None:
    assert set(choices_of(PROCEDURE)) == {"care_type", "complexity", "funder"}
