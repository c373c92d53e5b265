# ruff: noqa: E501 - each case is a line of the scenario beside what it is changed to
"""Scenarios: read with every fault, played as a case runs, and failing where they should."""

from pathlib import Path

import pytest

from candour.policies import FaultyPack
from candour.policies.moments import moment_of
from candour.policies.scenarios import Failure, read_scenario, run, standing_at
from tests.policies.example import SCENARIO, TEXT

STORY = SCENARIO.read_text("utf-8")


def _story(folder: Path, *changes: tuple[str, str], pack: str = TEXT) -> Path:
    """Return a scenario file beside a pack of its own: the example's, each with texts replaced."""
    text = STORY
    for old, new in changes:
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in the scenario."
        text = text.replace(old, new)
    (folder / "quiet_word").mkdir(exist_ok=True)
    (folder / "quiet_word" / "procedure.yaml").write_text(pack, "utf-8")
    path = folder / "story.yaml"
    path.write_text(text, "utf-8")
    return path


def _run(folder: Path, *changes: tuple[str, str], pack: str = TEXT) -> list[str]:
    return [failure.message for failure in run(read_scenario(_story(folder, *changes, pack=pack)))]


def _faults(path: Path) -> list[str]:
    with pytest.raises(FaultyPack) as raised:
        read_scenario(path)
    return [str(fault) for fault in raised.value.faults]


def test_the_example_comes_out_as_it_says() -> None:
    assert run(read_scenario(SCENARIO)) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("due: {answer: 2026-04-17}", "due: {answer: 2026-04-16}"), "due: expected answer on 2026-04-16, found 2026-04-17."),
        (("due: {answer: 2026-04-17}", "due: {put_at_once: 2026-03-18}"), "due: expected put_at_once on 2026-03-18, found not owed."),
        (("due: {answer: 2026-04-17}", "not_due: [answer]"), "not_due: expected answer not owed, found it due on 2026-04-17."),
        (("due: {answer: 2026-04-17}", "late: [answer]"), "late: expected answer, found nothing."),
        (("due: {answer: 2026-04-17}", "restrictions: [whole]"), "restrictions: expected whole, found nothing."),
        (("step: listening", "step: ended"), "step: expected ended, found listening."),
        (("met: [put_at_once]", "met: [answer]"), "met: expected answer, found put_at_once."),
        (("met: [put_at_once]", "met: []"), "met: expected nothing, found put_at_once."),
        (("open_moves: [to_service]", "open_moves: [to_commissioner]"), "open_moves: expected to_commissioner, found to_service, end."),
        (("{to_commissioner: judged}", "{to_commissioner: rated}"), "blocked: expected to_commissioner barred with “rated”, found “The latest answer must have been judged. QW-5”."),
        (("{to_commissioner: judged}", "{to_commissioner: QW-5}"), ""),
        (("{to_commissioner: judged}", "{to_service: judged}"), "blocked: expected to_service barred, but it does not lead from with_service."),
        (("{to_commissioner: judged}", "{end: judged}"), "blocked: expected end barred with “judged”, found “open”."),
        (("autos: []", "autos: [three_months]"), "autos: expected three_months, found nothing."),
        (("autos: [three_months]", "autos: []"), "autos: expected nothing, found three_months."),
        (("autos: [three_months]", "no_autos: [three_months]"), "no_autos: expected three_months neither waiting nor done, but it is."),
        (("late: [answer]", "not_late: [answer]"), "not_late: expected answer owed in time, found late."),
        (("late: [answer]", "not_late: [put_at_once]"), "not_late: expected put_at_once owed in time, found not owed."),
        (("next_change: 2026-04-18", "next_change: null"), "next_change: expected None, found 2026-04-18T00:00+01:00."),
        (("refused: must be written down", "refused: QW-2"), ""),
        (("refused: must be written down", "refused: too late"), "“too_soon” (step_entered) was refused, but not with “too late”: The concern must be written down. QW-2"),
        (("    refused: must be written down\n", ""), "“too_soon” (step_entered) was refused: The concern must be written down."),
        (("what_happened: Meals arrive cold and late.", "what_happened: Meals are cold.}\n    refused: cold\n    #{"), "“concern” (concern_raised) was taken, but should be refused with “cold”."),
    ],
)  # fmt: skip
def test_what_comes_out_otherwise_is_said(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    found = _run(tmp_path, change)
    assert message in found if message else found == []


def _with_a_letter(pack: str) -> str:
    letter = "documents:\n  put: {title: {en: Letter, cy: Llythyr}, type: letter}\nautos:"
    owner = "    owner: case_officer\n    extend:"
    return pack.replace("autos:", letter, 1).replace(owner, f"    document: put\n{owner}", 1)


@pytest.mark.parametrize(
    ("pack", "wanted", "message"),
    [
        (_with_a_letter(TEXT), "{answer: put}", ""),
        (_with_a_letter(TEXT), "{put_at_once: put}", "documents: expected put_at_once done with put, found not owed."),
        (_with_a_letter(TEXT).replace("    document: put\n", ""), "{answer: put}", "documents: expected answer done with put, found none."),
    ],
)  # fmt: skip
def test_which_document_a_duty_is_done_with(
    tmp_path: Path, pack: str, wanted: str, message: str
) -> None:
    change = ("due: {answer: 2026-04-17}", f"documents: {wanted}")
    assert _run(tmp_path, change, pack=pack) == ([message] if message else [])


def test_a_failure_says_where_and_when(tmp_path: Path) -> None:
    path = _story(tmp_path, ("step: listening", "step: ended"))
    (failure,) = run(read_scenario(path))
    assert isinstance(failure, Failure)
    assert str(failure).startswith(f"{path}:26:5: at 2026-03-18T09:45+00:00: step: expected ended")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("procedure: quiet_word", "procedure: quite_word"), "There is no procedure “quite_word”"),
        (("procedure: quiet_word\n", ""), "A scenario needs “procedure”"),
        (("clauses: [QW-2,", "clauses: [QW-22,"), "“QW-22” is not a clause of this procedure."),
        (("id: concern", "id: open"), "“open” is in this list already"),
        (("kind: recommendation_issued", "kind: recommendation"), "Did you mean “recommendation_issued”?"),
        (("on: 2026-03-18T11:00", "on: 2026-03-32"), "is not a real day or moment"),
        (("on: 2026-03-18T11:00", "on: yesterday"), "is not a day or moment. Write it like"),
        (("on: 2026-03-18T11:00", "on: 2026-03-17"), "“put” is recorded before “move”"),
        (("late: [answer]", "late: [anser]"), "Did you mean “answer”?"),
        (("late: [answer]", "lte: [answer]"), "Did you mean “late”?"),
        (("autos: [three_months]", "autos: [four_months]"), "Did you mean “three_months”?"),
        (("autos: [three_months]", "autos: three_months"), "must be a list"),
        (("  - at: 2026-06-20\n", "  - at: {}\n"), "cannot be read"),
    ],
)  # fmt: skip
def test_faults_of_a_scenario(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    assert any(words in fault for fault in _faults(_story(tmp_path, change)))


def test_a_scenario_of_a_faulty_pack_tells_the_packs_faults(tmp_path: Path) -> None:
    path = _story(tmp_path, pack=TEXT.replace("calendar: england", "calendar: englnd"))
    assert any("Did you mean “england”?" in fault for fault in _faults(path))


@pytest.mark.parametrize(
    ("text", "words"),
    [("- a\n", "this is a list"), ("", "this is empty"), ("a: [", "not YAML that can be read")],
)
def test_a_file_that_is_no_scenario(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "story.yaml"
    path.write_text(text)
    assert any(words in fault for fault in _faults(path))


DO = ("    mode: propose\n    to: chief_officer\n", "    mode: do\n")
THREE_MONTHS = ("      - elapsed: 3 months after\n", "      - elapsed: 1 month after\n")


def test_what_acts_by_itself_acts_at_its_own_moment(tmp_path: Path) -> None:
    pack = TEXT.replace(*DO)
    scenario = read_scenario(_story(tmp_path, pack=pack))
    play = standing_at(scenario, moment_of("2026-06-20T12:00"))
    moved = play.standing.path[-1]
    assert (moved.step, moved.since) == ("with_commissioner", moment_of("2026-06-19"))
    assert play.acted == ["three_months"]


def test_it_has_not_acted_a_moment_before(tmp_path: Path) -> None:
    scenario = read_scenario(_story(tmp_path, pack=TEXT.replace(*DO)))
    play = standing_at(scenario, moment_of("2026-06-18T23:59"))
    assert play.standing.step == "with_service"


def test_it_acts_before_a_later_entry_and_counts_as_done_in_what_is_expected(
    tmp_path: Path,
) -> None:
    pack = TEXT.replace(*DO).replace(*THREE_MONTHS)
    entry = """expect:
  - at: 2026-04-20
    step: with_commissioner
    autos: [three_months]
  - at: 2026-04-21
    autos: []
"""
    assert _run(tmp_path, ("expect:\n", entry), ("  - at: 2026-06-20\n    late: [answer]\n    autos: [three_months]\n", ""), pack=pack) == []  # fmt: skip


def test_an_auto_that_is_refused_is_a_failure(tmp_path: Path) -> None:
    wrong = TEXT.replace(*DO).replace("move: to_commissioner, step:", "move: to_service, step:")
    found = _run(tmp_path, pack=wrong)
    assert any("“three_months” should act by itself, but is refused" in said for said in found)


def test_an_auto_acts_once_at_a_moment_even_if_it_leads_back_to_the_same_step(
    tmp_path: Path,
) -> None:
    again = """autos:
  again:
    title: {en: Again, cy: Eto}
    when: [{at_step: with_service}, {recorded: recommendation_issued}]
    does: {entry: step_entered, data: {move: round, step: with_service}}
    mode: do
    clauses: [QW-6]
"""
    round_ = """moves:
  round:
    title: {en: Round, cy: Rownd}
    from: [with_service]
    to: with_service
    clauses: [QW-1]
"""
    pack = TEXT.replace("autos:\n", again).replace("moves:\n", round_)
    play = standing_at(read_scenario(_story(tmp_path, pack=pack)), moment_of("2026-03-18T11:00"))
    assert (play.acted, play.failures) == (["again"], [])


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-03-30", "2026-03-29T23:00:00+00:00"),
        ("2026-01-30", "2026-01-30T00:00:00+00:00"),
        ("2026-03-30T14:00", "2026-03-30T13:00:00+00:00"),
        ("2026-03-30T14:00:30", "2026-03-30T13:00:30+00:00"),
        ("2026-03-30T14:00+00:00", "2026-03-30T14:00:00+00:00"),
        ("2026-03-30T14:00Z", "2026-03-30T14:00:00+00:00"),
    ],
)
def test_moments_are_london_time(written: str, instant: str) -> None:
    assert moment_of(written).isoformat() == instant
