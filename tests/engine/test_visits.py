"""Visits: how far each has come, out of the entries that refer to one another."""

from dataclasses import replace

from candour.engine import Entry, Standing, Words, fold
from candour.engine.fields import Option
from candour.engine.visits import Visit, VisitState, visits
from tests.engine.small import OPENED, PROCEDURE, at, entry

OFFERED = {
    "visits": ("enter_and_view", "other"),
    "notices": ("visit_announced", "visit_reported", "visit_final"),
}
VISITING = replace(
    PROCEDURE,
    options={
        **PROCEDURE.options,
        **{name: tuple(Option(each, Words(each)) for each in ids) for name, ids in OFFERED.items()},
    },
)
DECIDED = [
    entry("decision_made", "2026-04-01T09:00", each) for each in ("decided", "another decision")
]
PLAN = {
    "premises": "Elm Court",
    "planned_for": "2026-04-10T19:00+01:00",
    "visitors": ["A. Visitor"],
    "purpose": "To see an evening.",
    "areas": ["Bells"],
    "announced": True,
}
NOTE = {"area": "Bells", "known_by": "seen", "impression": "good", "observed": "Answered at once."}
MADE = {"visit": "enter_and_view", "visitors": ["A. Visitor"], "findings": "Bells answered."}
ASKED = {"to": "Elm Court", "tier": "provider", "what_is_asked": "Two at night. From Monday."}


def standing(*entries: Entry) -> Standing:
    return fold(VISITING, (OPENED, *DECIDED, *entries))


def only(*entries: Entry) -> Visit:
    found = visits(standing(*entries))
    assert len(found) == 1
    return found[0]


def planned(**more: object) -> Entry:
    return entry("visit_planned", "2026-04-01T10:00", "plan", "decided", **{**PLAN, **more})


def noted(id_: str = "note", when: str = "2026-04-10T19:30") -> Entry:
    return entry("observation_made", when, id_, "plan", **NOTE)


def made(*refers: str, **more: object) -> Entry:
    return entry("visit_made", "2026-04-10T21:00", "made", *refers, **{**MADE, **more})


def reported(id_: str, when: str, stage: str, **more: object) -> Entry:
    return entry("visit_reported", when, id_, "made", stage=stage, report="Said.", **more)


def told(id_: str, when: str, notice: str, *refers: str) -> Entry:
    return entry("notice_sent", when, id_, *refers, notice=notice, to=["Elm Court"])


WAY = (
    (planned(), VisitState.PLANNED),
    (noted(), VisitState.BEING_MADE),
    (made("plan"), VisitState.MADE),
    (reported("draft", "2026-04-13T09:00", "draft"), VisitState.DRAFTED),
    (told("sent", "2026-04-13T10:00", "visit_reported", "draft"), VisitState.WITH_PROVIDER),
    (
        entry(
            "visit_commented",
            "2026-04-14T10:00",
            "comments",
            "draft",
            from_whom="Elm Court",
            comments="All right.",
        ),
        VisitState.COMMENTED,
    ),
    (reported("final", "2026-04-15T09:00", "final", changed="Nothing."), VisitState.FINAL),
    (
        entry(
            "report_published",
            "2026-04-16T09:00",
            "published",
            "final",
            title="An evening",
            where="Website",
            responses_included=True,
        ),
        VisitState.PUBLISHED,
    ),
)


def test_a_visit_comes_as_far_as_the_entries_about_it() -> None:
    for length, (_entry, state) in enumerate(WAY, 1):
        assert only(*(entry for entry, _state in WAY[:length])).state is state


def test_a_visit_is_known_by_its_plan_and_takes_place_when_planned_until_it_is_made() -> None:
    before, after = only(planned()), only(planned(), made("plan"))
    assert (before.entry.id, before.at) == ("plan", at("2026-04-10T19:00"))
    assert (after.entry.id, after.at) == ("plan", at("2026-04-10T21:00"))


def test_one_made_without_a_plan_stands_by_itself_and_another_sort_of_visit_is_none() -> None:
    visit = only(
        made(), entry("visit_made", "2026-04-11T09:00", "other", **{**MADE, "visit": "other"})
    )
    assert (visit.entry.id, visit.plan, visit.notes, visit.announced) == ("made", None, (), None)
    assert visit.state is VisitState.MADE


def test_a_visit_called_off_stays_so() -> None:
    off = entry("visit_called_off", "2026-04-09T09:00", "off", "plan", reason="An outbreak.")
    assert only(planned(), off).state is VisitState.CALLED_OFF


def test_it_is_announced_by_the_notice_about_its_decision() -> None:
    about = told("announced", "2026-04-02T09:00", "visit_announced", "decided")
    elsewhere = told("another", "2026-04-02T08:00", "visit_announced", "another decision")
    found = only(planned(), elsewhere, about).announced
    assert found is not None
    assert found.id == "announced"
    assert only(planned(), elsewhere).announced is None


def test_notes_that_come_after_the_write_up_are_kept_and_named() -> None:
    late = noted("late", "2026-04-10T19:45")  # written there, recorded afterwards
    visit = only(planned(), noted(), made("plan"), late)
    assert [note.id for note in visit.notes] == ["note", "late"]
    assert [note.id for note in visit.noted_late] == ["late"]
    assert only(planned(), noted()).noted_late == ()


def test_the_final_report_is_sent_by_a_notice_of_its_own() -> None:
    final = reported("final", "2026-04-15T09:00", "final", changed="Nothing.")
    sent = told("sent on", "2026-04-15T10:00", "visit_final", "final")
    visit = only(planned(), made("plan"), final, sent)
    assert (visit.told, visit.final_told) == (None, sent)
    assert only(planned(), made("plan"), final).final_told is None


def test_a_recommendation_counts_as_put_once_somebody_was_asked_just_that() -> None:
    final = reported("final", "2026-04-15T09:00", "final", changed="Nothing.")
    asked = entry("recommendation_issued", "2026-04-16T09:00", "put", "final", **ASKED)
    visit = only(planned(), made("plan"), final, asked)
    assert visit.was_put("Two at night.")
    assert not visit.was_put("Three at night.")


def test_the_visit_furthest_ahead_comes_first() -> None:
    later = entry(
        "visit_planned",
        "2026-04-01T11:00",
        "later",
        **{**PLAN, "planned_for": "2026-05-01T10:00+01:00"},
    )
    assert [visit.entry.id for visit in visits(standing(planned(), later))] == ["later", "plan"]
    assert visits(standing()) == ()
