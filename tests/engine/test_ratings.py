"""Ratings: gravity and median on any grid, what is stale, what counts for a meeting, seals."""

from dataclasses import replace
from datetime import timedelta

import pytest

from candour.engine import SYSTEM, Entry, Refusal, Standing, Words, fold, propose
from candour.engine.conditions import (
    AnyOf,
    Condition,
    Latest,
    NoneForMember,
    NotCopied,
    NotMilder,
    NotStale,
    OnePerMember,
    Recorded,
    Situation,
)
from candour.engine.fields import Option
from candour.engine.matrix import Cell, Matrix
from candour.engine.patterns import Pattern, Where
from candour.engine.rated import (
    RATES_FOR,
    agency_called,
    is_open,
    made_at,
    opening_of,
    rates_for,
    ratings_for,
    round_named,
    round_of,
    sealed_in,
    stale_since,
    stands_aside,
)
from candour.engine.sealing import commitment, envelope, seal_of, shows
from candour.engine.supporting import agreed_now, rests_on_rating, supported_by
from tests.engine.small import DATA, OPENED, PROCEDURE, at, draft, entry, pattern

SALT = "0f" * 32


def options(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(id_, Words(id_)) for id_ in ids)


# Four cells, of which one supports either of two outcomes.
SMALL = Matrix(
    rows=options("low", "high"),
    columns=options("able", "unable"),
    cells={
        ("low", "able"): ("stay",),
        ("low", "unable"): ("stay", "up"),
        ("high", "able"): ("up",),
        ("high", "unable"): ("up",),
    },
    note=Words("Ours."),
    outcomes=("stay", "up"),
    stale_after=(Pattern("concern_raised"), pattern("evidence_added", serious=True)),
)
BANDS = ("low", "moderate", "high", "extreme")


def five_by_five() -> Matrix:
    """Likelihood by consequence: scores are products, and bands are cut where the pack cuts them.

    One cell is no product: a rare catastrophe counts as extreme all the same.
    """
    places = tuple(str(n) for n in range(1, 6))
    scores: dict[Cell, int] = {(r, c): int(r) * int(c) for r in places for c in places}
    scores["5", "1"] = 16
    bands = {cell: BANDS[(n > 3) + (n > 6) + (n > 12)] for cell, n in scores.items()}
    return Matrix(
        rows=options(*places),
        columns=options(*places),
        cells={cell: (band,) for cell, band in bands.items()},
        note=Words("National."),
        outcomes=BANDS,
        scores=scores,
    )


def held(*log: Entry, matrix: Matrix | None = SMALL) -> Standing:
    return fold(replace(PROCEDURE, matrix=matrix), (OPENED, *log))


def rated(on: str, agency: str, impact: str, engagement: str, *refers: str) -> Entry:
    data = {"agency": agency, "impact": impact, "engagement": engagement}
    return entry("risk_rated", on, f"{agency}@{on}", *refers, **data)


# -- the grid ------------------------------------------------------------------------------------


def test_the_median_of_two_in_the_middle_is_the_graver() -> None:
    mild, either, grave = ("low", "able"), ("low", "unable"), ("high", "able")
    assert SMALL.median([grave, mild, either]) == either
    assert SMALL.median([mild, grave]) == grave
    assert SMALL.median([mild]) == mild
    assert SMALL.median([("no", "cell")]) is None


def test_scores_outrank_the_bands_they_fall_in() -> None:
    grid = five_by_five()
    assert grid.gravity(("5", "5")) > grid.gravity(("4", "5"))
    assert grid.cells["5", "1"] == grid.cells["5", "4"] == ("extreme",)
    assert grid.median([("1", "1"), ("5", "1"), ("3", "5")]) == ("3", "5")
    assert grid.milder(("4", "5"), "extreme", ("5", "5"))
    assert not grid.milder(("5", "5"), "extreme", ("4", "5"))


def test_milder_by_its_cell_or_by_its_outcome() -> None:
    assert SMALL.milder(("low", "able"), "stay", ("high", "able"))
    assert SMALL.milder(("high", "able"), "stay", ("high", "unable"))
    assert not SMALL.milder(("high", "able"), "up", ("high", "unable"))
    assert not SMALL.milder(("low", "unable"), "stay", ("low", "unable"))
    assert not SMALL.milder(("no", "cell"), "nothing", ("high", "able"))


# -- what holds ----------------------------------------------------------------------------------

CALL = entry("ratings_called", "2026-03-20", "call", meeting="panel", agencies=["Council"])
SEAL = entry("rating_sealed", "2026-03-21", "seal", "call", agency="Council", commitment="00" * 32)
MEETING = entry("meeting_held", "2026-03-30", "m1", attended=["Council"])
SHOWN = rated("2026-03-29", "Council", "low", "able", "seal")

NO_MILDER = NotMilder(
    row_field="impact",
    column_field="engagement",
    outcome_field="outcome",
    pattern=Pattern("risk_rated"),
    by_field="agency",
    meeting=pattern("meeting_held"),
)


def proposing(condition: Condition, standing: Standing, **data: str) -> list[str]:
    made = draft("rating_agreed", "2026-04-01", **data)
    return [w.en for w in condition.unmet(Situation(standing, at("2026-04-02"), made))]


def test_no_milder_than_the_members_at_the_last_meeting() -> None:
    before = rated("2026-03-01", "Council", "high", "unable")
    after = rated("2026-03-31", "Council", "high", "able")
    thought_over = rated("2026-03-31T12:00", "Council", "low", "unable")
    assert proposing(NO_MILDER, held(MEETING, after))[0].startswith("This is milder")
    assert proposing(NO_MILDER, held(before, MEETING)) == [], "the last meeting's alone count"
    assert proposing(NO_MILDER, held(MEETING, after), impact="high", outcome="up") == []
    assert proposing(NO_MILDER, held(MEETING, after, thought_over), engagement="unable") == []
    ever = replace(NO_MILDER, meeting=None)
    assert proposing(ever, held(before, MEETING)), "without a meeting all count"
    assert proposing(NO_MILDER, held(MEETING, after, matrix=None)) == []
    assert NO_MILDER.unmet(Situation(held(MEETING, after), at("2026-04-02"))) == ()
    assert NO_MILDER.about_draft


def test_stale_by_what_happened_or_was_entered_after_it() -> None:
    agreed = entry("rating_agreed", "2026-04-01", "agreed")
    fresh = NotStale(pattern=Pattern("rating_agreed"))

    def stale(*more: Entry, matrix: Matrix | None = SMALL) -> list[str]:
        log = sorted((agreed, *more), key=lambda each: each.recorded_at)
        found = held(*log, matrix=matrix)
        return [words.en for words in fresh.unmet(Situation(found, at("2026-05-01")))]

    concern = entry("concern_raised", "2026-04-02")
    late = replace(concern, happened_at=at("2026-03-01"))
    assert "stale" in stale(concern)[0]
    assert stale(late), "it happened before, and was entered after"
    assert stale(replace(concern, happened_at=at("2026-03-01"), recorded_at=at("2026-03-02"))) == []
    seen = {"from_whom": "A nurse", "what_it_shows": "A fall."}
    assert stale(entry("evidence_added", "2026-04-02", serious=True, **seen))
    assert stale(entry("evidence_added", "2026-04-02", serious=False, **seen)) == []
    assert stale(concern, entry("rating_agreed", "2026-04-03")) == []
    assert stale(concern, matrix=None) == []
    assert fresh.unmet(Situation(held(concern), at("2026-05-01"))) == (), "none is not a stale one"


def test_what_was_sealed_before_the_evidence_is_stale_though_opened_after_it() -> None:
    concern = entry("concern_raised", "2026-03-25", "grave")
    found = held(CALL, SEAL, concern, SHOWN)
    assert made_at(found, SHOWN)[0] == at("2026-03-21")
    assert stale_since(found, SHOWN) == concern
    open_one = rated("2026-03-29", "Health", "low", "able")
    assert stale_since(held(concern, open_one), open_one) is None


MEMBERS = OnePerMember(
    pattern=Pattern("risk_rated"),
    by_field="agency",
    members=pattern("meeting_held", meeting="panel"),
    members_field="attended",
)


def missing(condition: OnePerMember, *log: Entry) -> bool:
    return bool(condition.unmet(Situation(held(*log), at("2026-06-01"))))


def test_a_sealed_rating_counts_for_the_meeting_its_round_was_called_for() -> None:
    assert not missing(MEMBERS, CALL, SEAL, SHOWN, MEETING)
    again = entry("meeting_held", "2026-04-30", "m2", attended=["Council"])
    assert missing(MEMBERS, CALL, SEAL, SHOWN, MEETING, again), "brought to the meeting before"
    elsewhere = replace(CALL, data={**CALL.data, "meeting": "board"})
    assert missing(MEMBERS, elsewhere, SEAL, SHOWN, MEETING)
    assert missing(MEMBERS, rated("2026-03-29", "Council", "low", "able"), MEETING)
    assert round_of(held(CALL, SEAL, SHOWN), SHOWN) == CALL
    assert round_of(held(CALL, SEAL), SEAL) == CALL
    assert ratings_for(held(CALL, SEAL, SHOWN), Pattern("risk_rated"), None) == [SHOWN]


def test_who_stands_aside_owes_no_rating() -> None:
    aside = entry(
        "conflict_declared", "2026-03-30", who="A", agency="Council", may_rate=False, handled="Out."
    )
    excusing = replace(MEMBERS, excused=pattern("conflict_declared", may_rate=False))
    assert missing(MEMBERS, MEETING, aside)
    assert not missing(excusing, MEETING, aside)
    assert missing(excusing, MEETING, replace(aside, data={**aside.data, "may_rate": True}))


def test_a_rating_sealed_before_its_conflict_was_declared_is_shown_and_counts_for_nothing() -> None:
    mild = rated("2026-03-31", "Board", "low", "able")
    grave = rated("2026-03-31T09:00", "Council", "high", "unable")
    aside = entry(
        "conflict_declared",
        "2026-03-31T10:00",
        who="A",
        agency="Council",
        may_rate=False,
        handled="Out.",
    )
    allowed = replace(aside, data={**aside.data, "may_rate": True})
    assert proposing(NO_MILDER, held(MEETING, mild, grave)), "it counted"
    assert proposing(NO_MILDER, held(MEETING, mild, grave, aside)) == []
    assert proposing(NO_MILDER, held(MEETING, mild, grave, allowed)), "it counts, with this shown"
    assert not stands_aside(held(aside), "Board")
    none = NoneForMember(pattern=pattern("conflict_declared", may_rate=False), by_field="agency")
    made = draft("risk_rated", "2026-04-01")
    assert none.unmet(Situation(held(aside), at("2026-04-02"), made))
    shown = replace(made, role=SYSTEM, author=SYSTEM)
    assert none.unmet(Situation(held(aside), at("2026-04-02"), shown)) == ()


def test_nobody_rates_for_a_member_named_elsewhere() -> None:
    none = NoneForMember(pattern=Pattern("conflict_declared"), by_field="agency")
    aside = entry("conflict_declared", "2026-03-30", who="A", agency="Council", handled="Out.")
    made = draft("risk_rated", "2026-04-01")
    assert none.about_draft
    assert none.unmet(Situation(held(aside), at("2026-04-02"))) == ()
    assert none.unmet(Situation(held(), at("2026-04-02"), made)) == ()
    reason = none.unmet(Situation(held(aside), at("2026-04-02"), made))[0].en
    assert reason == "conflict declared is on record for Council."


def test_words_of_an_earlier_entry_are_copied_words() -> None:
    own = NotCopied(field="rationale", of=(Pattern("rating_agreed"), Pattern("risk_rated")))
    earlier = entry("risk_rated", "2026-03-30", rationale="Seen  twice,\nand safe.")
    assert own.about_draft
    assert own.unmet(Situation(held(earlier), at("2026-04-02"))) == ()
    assert proposing(own, held(earlier)) == []
    assert proposing(own, held(earlier), rationale=" ") == []
    copied = proposing(own, held(earlier), rationale="seen twice, and SAFE.")
    assert copied == ["The rationale is copied from an earlier entry."]
    itself = entry("rating_agreed", "2026-03-30", "same", rationale="Its own words.")
    kept = Situation(held(itself), at("2026-04-02"), itself)
    assert own.unmet(kept) == (), "an entry being corrected is no copy of itself"


# -- seals ---------------------------------------------------------------------------------------


@pytest.fixture
def opened() -> tuple[str, dict[str, str]]:
    data = {k: str(v) for k, v in DATA["risk_rated"].items()}
    return commitment(envelope("seal", "7", data, SALT)), {**data, "salt": SALT}


def test_a_seal_fits_what_was_sealed_and_nothing_else(opened: tuple[str, dict[str, str]]) -> None:
    seal, data = opened
    assert shows("seal", "7", seal, data)
    for other in ({"impact": "high"}, {"salt": "00" * 32}, {"more": "x"}):
        assert not shows("seal", "7", seal, {**data, **other})
    assert not shows("seal", "8", seal, data), "somebody else's"
    assert not shows("another", "7", seal, data), "another envelope"
    assert not shows("seal", "7", seal, {k: v for k, v in data.items() if k != "salt"})


def test_only_the_system_opens_what_was_sealed() -> None:
    found = held(CALL, SEAL)
    assert seal_of(found, SHOWN) == SEAL
    assert seal_of(found, rated("2026-03-29", "Health", "low", "able")) is None

    def refused(*refers: str, role: str = "officer", **data: str) -> bool:
        made = draft("risk_rated", "2026-04-01", *refers, role=role, **data)
        if role == SYSTEM:
            made = replace(made, author=SYSTEM)
        answer = propose(found, made, at("2026-04-02"))
        return isinstance(answer, Refusal) and answer.problems[0].field == "refers_to"

    assert refused("seal")
    assert refused(salt=SALT)
    assert not refused()
    assert not refused("seal", role=SYSTEM, salt=SALT)


def test_what_others_stand_on_is_never_corrected() -> None:
    found = held(CALL, SEAL)
    changes = {"agencies": ["Council", "Health"]}
    made = draft("correction_made", "2026-04-01", "call", changes=changes)
    answer = propose(found, made, at("2026-04-01") + timedelta(days=1))
    assert isinstance(answer, Refusal)
    assert "stands as it was recorded" in str(answer)


def test_a_round_takes_ratings_until_it_is_opened_or_another_is_called() -> None:
    assert round_named(held(CALL), ["x", "call"]) == CALL
    assert round_named(held(), ["call"]) is None
    found = held(CALL, SEAL)
    assert is_open(found, CALL)
    assert sealed_in(found, CALL) == {"Council": SEAL}
    opened = entry("ratings_opened", "2026-03-22", "opened", "call", reason="All rated.")
    assert not is_open(held(CALL, SEAL, opened), CALL)
    assert opening_of(held(CALL, SEAL, opened), CALL) == opened
    again = replace(CALL, id="again", happened_at=at("2026-03-23"), recorded_at=at("2026-03-23"))
    assert not is_open(held(CALL, again), CALL)
    assert is_open(held(CALL, again), again)
    assert sealed_in(held(CALL, SEAL, again), again) == {}


def test_an_agreed_rating_supports_the_moves_that_ask_for_such_a_one() -> None:
    up = Pattern("rating_agreed", (Where("outcome", ("up",)),))
    moves = {
        "up": replace(
            PROCEDURE.moves["to_panel"],
            id="up",
            needs=(AnyOf(parts=(Recorded(pattern=Pattern("visit_made")), Recorded(pattern=up))),),
        ),
        "out": replace(PROCEDURE.moves["to_panel"], id="out", needs=(Latest(pattern=up, has=()),)),
        "down": replace(
            PROCEDURE.moves["to_panel"],
            id="down",
            needs=(
                AnyOf(
                    parts=(
                        Recorded(pattern=Pattern("rating_agreed", (Where("outcome", ("stay",)),))),
                    )
                ),
            ),
        ),
        "plain": PROCEDURE.moves["to_panel"],
        "elsewhere": replace(
            PROCEDURE.moves["to_panel"],
            id="elsewhere",
            from_steps=("board",),
            needs=(Recorded(pattern=up),),
        ),
    }
    procedure = replace(PROCEDURE, matrix=SMALL, moves=moves)
    agreed = entry("rating_agreed", "2026-04-01", "agreed", outcome="up")

    def supported(*log: Entry) -> list[str]:
        return [move.id for move in supported_by(fold(procedure, (OPENED, *log)), agreed)]

    assert supported(agreed) == ["up", "out"]
    assert supported(agreed, entry("concern_raised", "2026-04-02")) == [], "a stale one, none"
    assert [move.id for move in moves.values() if rests_on_rating(move)] == [
        "up",
        "out",
        "down",
        "elsewhere",
    ]
    assert agreed_now(fold(procedure, (OPENED, agreed))) == agreed


def test_an_agency_called_on_is_told_by_the_number_of_its_body() -> None:
    called = {"agencies": ["Council", "Police"], RATES_FOR: [rates_for(7, "Council"), "x y", ""]}
    assert agency_called(called, {7, 9}) == "Council"
    assert agency_called(called, {9}) == ""
    assert agency_called({"agencies": ["Council"]}, {7}) == ""
