"""Something shared is then corrected: a recall for each sharing, and which notice meets which."""

from dataclasses import replace

from candour.engine import Entry, Standing, fold
from tests.engine.small import OPENED, PROCEDURE, duty, entry, pattern

SHARED = {"what": "x", "to": ["CIW", "Vale"], "purpose": "z", "legal_basis": "consent"}
RECALL = duty(
    "recall",
    pattern("correction_made"),
    "1 working day after",
    pattern("recall_sent"),
    for_each=pattern("information_shared"),
    about_field="to",
)
PROCEDURE_WITH_RECALL = replace(PROCEDURE, duties={"recall": RECALL})
SEEN = entry("visit_made", "2026-04-01T09:00", "seen")
OTHER = entry("visit_made", "2026-04-01T10:00", "other")


def shared(id_: str, on: str, *refs: str) -> Entry:
    return entry("information_shared", on, id_, *refs, **SHARED)


def wrong(id_: str, on: str, ref: str, **data: object) -> Entry:
    return entry("correction_made", on, id_, ref, **(data or {"changes": {"findings": "Right."}}))


def recall(on: str, *refs: str) -> Entry:
    return entry("recall_sent", on, f"recall@{on}", *refs, to=["CIW"], what_is_right="So it was.")


def folded(*entries: Entry) -> Standing:
    return fold(PROCEDURE_WITH_RECALL, (OPENED, SEEN, OTHER, *entries))


def owed(*entries: Entry) -> list[tuple[str, str]]:
    """The sharings whose recall is owed, each with the correction that asks for it."""
    return sorted((o.concerns, o.trigger) for o in folded(*entries).owed())


FIRST = shared("first", "2026-04-02T09:00", "seen")
SECOND = shared("second", "2026-04-02T10:00", "seen", "other")
ELSE = shared("else", "2026-04-02T11:00", "other")
CORRECTED = wrong("c", "2026-04-03T09:00", "seen")


def test_each_sharing_of_what_is_corrected_is_recalled() -> None:
    assert owed(FIRST, SECOND, ELSE, CORRECTED) == [("first", "c"), ("second", "c")]
    withdrawn = wrong("w", "2026-04-03T09:00", "other", withdraws=True)
    assert owed(FIRST, SECOND, ELSE, withdrawn) == [("else", "w"), ("second", "w")]


def test_what_was_shared_after_the_correction_is_right_already() -> None:
    assert owed(CORRECTED, shared("later", "2026-04-04", "seen")) == []


def test_a_sharing_that_is_written_down_late_is_recalled_too() -> None:
    paper = replace(FIRST, recorded_at=CORRECTED.happened_at.replace(hour=18))
    assert owed(CORRECTED, paper) == [("first", "c")]


def test_a_notice_meets_the_recall_of_the_sharing_that_it_names() -> None:
    log = (FIRST, SECOND, CORRECTED)
    assert owed(*log, recall("2026-04-03T12:00", "first")) == [("second", "c")]
    assert owed(*log, recall("2026-04-03T12:00", "first", "second")) == []
    assert owed(*log, recall("2026-04-03T12:00", "c")) == []
    told = folded(*log, recall("2026-04-03T12:00", "first")).duties["recall:c:first:1"]
    assert told.met_at is not None
    assert told.title.en == "Recall: CIW, Vale"


def test_a_notice_dated_by_its_day_meets_a_recall_of_that_day() -> None:
    bare = recall("2026-04-03", "first")
    written = replace(bare, recorded_at=CORRECTED.happened_at.replace(hour=15))
    assert owed(FIRST, SECOND, CORRECTED, written) == [("second", "c")]
    before = recall("2026-04-03", "first")
    assert owed(FIRST, before, CORRECTED) == [("first", "c")]


def test_a_correction_taken_back_is_told_to_those_who_heard_of_it() -> None:
    back = wrong("back", "2026-04-05", "c", withdraws=True)
    assert owed(FIRST, CORRECTED, back) == []
    heard = recall("2026-04-03T12:00", "first")
    assert owed(FIRST, SECOND, CORRECTED, heard, back) == [("first", "back")]
    afterwards = shared("after", "2026-04-04", "seen")
    assert owed(FIRST, CORRECTED, afterwards, back) == [("after", "back")]


def test_a_correction_of_something_else_recalls_nothing() -> None:
    assert owed(FIRST, wrong("c", "2026-04-03", "other")) == []
    assert owed(FIRST, wrong("c", "2026-04-03", "first", changes={"purpose": "y"})) == []


def test_a_withdrawn_sharing_is_not_recalled() -> None:
    undone = wrong("undone", "2026-04-02T12:00", "first", withdraws=True)
    assert owed(FIRST, undone, CORRECTED) == []
