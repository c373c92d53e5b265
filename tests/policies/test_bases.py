"""Packs on a base: what they take over, replace and leave out, and how faults are told."""

from pathlib import Path

import pytest

from candour import policies
from candour.engine.procedure import Procedure
from candour.policies import FaultyPack, Reading, lint_pack
from candour.policies.carriers import carried
from candour.policies.folders import scenario_files
from candour.policies.proving import proofs, seal_of
from candour.policies.scenarios import run
from candour.policies.scenarios.beside import scenarios_beside
from tests.policies.example import SCENARIO, TEXT

BASE = TEXT.replace('version: "2026-01" ', 'base: true\nversion: "2026-01" ')
HEAD = """procedure: loud_word
version: "2026-05"
title: {en: A loud word, cy: Gair uchel}
based_on: quiet_word
"""
OWN_CLAUSES = """sources:
  - {id: LW, title: Speaking up, publisher: Another council}
clauses:
  - {id: LW-1, at: "1", kind: clock, does: We answer in 10 working days., carried_by: [QW-3, QW-4]}
  - {id: LW-2, at: "2", kind: gate, does: First it is written down., carried_by: [QW-2]}
  - {id: LW-3, at: "3", kind: record, does: It is written down by an officer., carried_by: [QW-2]}
"""
ANSWER = """duties:
  answer:
    title: {en: Answer, cy: Ateb}
    starts: {entry: recommendation_issued}
    due: 10 working days after
    met_by: {entry: response_received}
    owner: case_officer
    clauses: [LW-1]
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return _written(tmp_path, "quiet_word", BASE)


def _written(folder: Path, name: str, text: str) -> Path:
    pack = folder / name
    pack.mkdir(exist_ok=True)
    (pack / "procedure.yaml").write_text(text, "utf-8")
    return pack


def _loud(base: Path, more: str = "", head: str = HEAD) -> Reading:
    return policies.read(_written(base.parent, "loud_word", head + more))


def _sound(reading: Reading) -> Procedure:
    assert [str(fault) for fault in reading.faults] == []
    assert reading.procedure is not None
    return reading.procedure


def _faults(reading: Reading) -> list[str]:
    assert reading.procedure is None
    return [str(fault).replace(str(reading.path.parent), "") for fault in reading.faults]


def test_a_body_with_nothing_of_its_own_needs_four_lines(base: Path) -> None:
    reading = _loud(base)
    loud, quiet = _sound(reading), policies.load(base)
    assert (loud.name, loud.version, loud.title.en) == ("loud_word", "2026-05", "A loud word")
    assert (loud.steps, loud.moves, loud.duties) == (quiet.steps, quiet.moves, quiet.duties)
    assert [source.id for source in loud.sources] == ["QW"]
    assert quiet.is_base
    assert not loud.is_base
    assert lint_pack(reading) == []


def test_a_review_belongs_to_one_body_alone(base: Path) -> None:
    assert policies.load(base).review is not None
    loud = _sound(_loud(base))
    assert loud.review is None
    assert "QW-7" not in loud.clauses  # nothing here cites it


def test_its_own_parts_take_the_place_of_the_bases(base: Path) -> None:
    loud = _sound(_loud(base, OWN_CLAUSES + ANSWER))
    assert str(loud.duties["answer"].clock) == "10 working days after"
    assert list(loud.duties) == ["put_at_once", "answer"]
    assert loud.basis is not None
    assert ("duties", "answer") not in loud.basis.parts
    assert {("duties", "put_at_once"), ("fields", "concern_raised.heard_from")} <= loud.basis.parts


def test_its_clauses_stand_in_for_those_that_carry_them(base: Path) -> None:
    reading = _loud(base, OWN_CLAUSES + ANSWER)
    loud = _sound(reading)
    assert loud.duties["put_at_once"].clauses == ("LW-1",)
    assert loud.moves["to_service"].clauses == ("LW-2", "LW-3")
    assert loud.moves["to_commissioner"].clauses == ("QW-5",)
    assert list(loud.clauses) == ["LW-1", "LW-2", "LW-3", "QW-1", "QW-5", "QW-6"]
    assert [source.id for source in loud.sources] == ["LW", "QW"]
    assert [str(one) for one in carried(loud)["LW-3"]] == ["move to_service"]
    assert lint_pack(reading) == []


def test_a_source_goes_when_every_clause_is_its_own(base: Path) -> None:
    rows = OWN_CLAUSES + (
        "  - {id: LW-4, at: '4', kind: role, does: The rest., carried_by: [QW-1, QW-5, QW-6]}\n"
    )
    assert [source.id for source in _sound(_loud(base, rows)).sources] == ["LW"]


def test_what_it_goes_without(base: Path) -> None:
    loud = _sound(
        _loud(
            base,
            "without:\n  autos: [three_months]\n  duties: [put_at_once]\n"
            "  fields: {concern_raised: [heard_from]}\n  hides: [meeting_held]\n",
        )
    )
    assert loud.autos == ()
    assert list(loud.duties) == ["answer"]
    assert loud.extra_fields == {}
    assert "meeting_held" not in loud.hides
    assert "meeting_called" in loud.hides
    assert loud.basis is not None
    assert ("autos", "three_months") not in loud.basis.parts


def test_fields_are_replaced_by_name_and_hides_added(base: Path) -> None:
    loud = _sound(
        _loud(
            base,
            "fields:\n  concern_raised:\n"
            "    - {name: heard_from, type: line, en: Who?, cy: Pwy?}\n"
            "    - {name: heard_on, type: date, en: When?, cy: Pryd?}\n"
            "  case_opened:\n    - {name: area, type: line, en: Area, cy: Ardal}\n"
            "hides: [visit_made]\n",
        )
    )
    asked = {kind: [f.name for f in fields] for kind, fields in loud.extra_fields.items()}
    assert asked == {"concern_raised": ["heard_from", "heard_on"], "case_opened": ["area"]}
    assert str(loud.extra_fields["concern_raised"][0].type) == "line"
    assert {"visit_made", "meeting_called"} <= set(loud.hides)


def test_faults_say_in_which_file_they_are(base: Path) -> None:
    faults = _faults(_loud(base, "without: {roles: [chief_officer]}\ncalendar: engeland\n"))
    assert any(fault.startswith("/loud_word/procedure.yaml:6:11: ") for fault in faults)
    assert any(
        fault.startswith("/quiet_word/procedure.yaml:")
        and "“chief_officer” is not a role of this procedure" in fault
        for fault in faults
    )


@pytest.mark.parametrize(
    ("more", "place", "words"),
    [
        ("without: {duties: [answr]}\n", "5:20", "duties of the base. Did you mean “answer”"),
        ("without: {fields: {concern_raised: [herd_from]}}\n", "5:37", "mean “heard_from”"),
        ("without: {hides: [visit_made]}\n", "5:19", "not among the kinds that the base hides"),
        ("without: {scenarios: [no_such]}\n", "5:23", "not among the scenarios of the base"),
        ("without: {clauses: [QW-1]}\n", "5:11", "“clauses” is not a part of what a pack leaves"),
        (
            "sources: [{id: A, title: A, publisher: A}]\nclauses:\n"
            "  - {id: A-1, at: '1', kind: role, does: It., carried_by: [QW-33]}\n",
            "7:60",
            "not among the clauses of the base. Did you mean “QW-3”",
        ),
    ],
)
def test_names_that_the_base_does_not_have(base: Path, more: str, place: str, words: str) -> None:
    (fault,) = _faults(_loud(base, more))
    assert fault.startswith(f"/loud_word/procedure.yaml:{place}: ")
    assert words in fault


def test_a_base_that_there_is_not(base: Path) -> None:
    (fault,) = _faults(_loud(base, head=HEAD.replace("quiet_word", "healthwatch_engeland")))
    assert "There is no base “healthwatch_engeland”. Did you mean “healthwatch_england”" in fault


def test_a_procedure_of_its_own_is_no_base(base: Path) -> None:
    _written(base.parent, "quiet_word", TEXT)
    (fault,) = _faults(_loud(base))
    assert "“quiet_word” is a procedure of its own and no base. Add “base: true”" in fault


def test_a_base_that_is_no_name(base: Path) -> None:
    (fault,) = _faults(_loud(base, head=HEAD.replace("quiet_word", "[quiet_word]")))
    assert "“based_on” must be the name of a base" in fault


def test_bases_in_a_circle(base: Path) -> None:
    _written(base.parent, "quiet_word", BASE + "\nbased_on: loud_word\n")
    faults = _faults(_loud(base, "base: true\n"))
    assert ["made from this pack itself" in fault for fault in faults] == [True]
    assert faults[0].startswith("/quiet_word/procedure.yaml:")


def test_a_base_that_cannot_be_read_is_told_at_its_own_place(base: Path) -> None:
    _written(base.parent, "quiet_word", BASE + "duties: [\n")
    faults = _faults(_loud(base))
    assert faults[0].startswith("/quiet_word/procedure.yaml:")


def test_without_a_base_nothing_can_be_left_out_or_carried(tmp_path: Path) -> None:
    text = TEXT.replace(
        "does: Case officers hear concerns and keep the record.",
        "does: They hear concerns., carried_by: [LH-01]",
    )
    reading = policies.read(_written(tmp_path, "quiet_word", text + "\nwithout: {autos: [x]}\n"))
    said = "\n".join(_faults(reading))
    assert "“carried_by” names clauses of a base, and this pack has none" in said
    assert "“without” leaves out parts of a base, and this pack has none" in said


def test_a_base_may_have_a_base(base: Path) -> None:
    _loud(base, OWN_CLAUSES + "base: true\n")
    text = HEAD.replace("quiet_word", "loud_word").replace("procedure: loud", "procedure: proud")
    text += """sources: [{id: PW, title: Ours, publisher: Us}]
clauses:
  - {id: PW-1, at: "1", kind: clock, does: It is answered., carried_by: [LW-1]}
"""
    proud = _sound(policies.read(_written(base.parent, "proud_word", text)))
    assert proud.duties["answer"].clauses == ("PW-1",)
    assert proud.moves["to_service"].clauses == ("LW-2", "LW-3")
    assert proud.basis is not None
    assert proud.basis.bases == ("loud_word", "quiet_word")
    assert proud.basis.clauses["QW-3"] == ("PW-1",)
    assert sorted(source.id for source in proud.sources) == ["LW", "PW", "QW"]


def test_a_register_that_is_shared_carries_too(base: Path) -> None:
    """A second procedure of the same policy rests on its own base and the first one’s register."""
    _loud(base, OWN_CLAUSES)
    year = HEAD.replace("procedure: loud_word", "procedure: loud_year")
    pack = _written(base.parent, "loud_year", year + "clauses_from: loud_word\n")
    reading = policies.read(pack)
    assert _sound(reading).duties["answer"].clauses == ("LW-1",)
    assert reading.shares == "loud_word"


# -- scenarios -----------------------------------------------------------------------------------


def _with_scenario(base: Path) -> None:
    (base / "scenarios").mkdir()
    (base / "scenarios" / "easter.yaml").write_text(SCENARIO.read_text("utf-8"), "utf-8")


def test_a_bases_scenarios_prove_what_is_taken_over(base: Path) -> None:
    _with_scenario(base)
    loud = _sound(_loud(base, OWN_CLAUSES))
    (story,) = scenarios_beside(base.parent / "loud_word")
    assert story.procedure.name == "loud_word"
    assert story.clauses == ("LW-2", "LW-3", "LW-1", "QW-5", "QW-6")
    assert run(story) == []
    proved = {proof.what: proof.by for proof in proofs(loud, [story])}
    assert proved["move to_service: need 1"] == {"LW-2": ("easter",), "LW-3": ("easter",)}


def test_a_rule_that_a_pack_changes_fails_the_bases_scenario(base: Path) -> None:
    _with_scenario(base)
    _loud(base, OWN_CLAUSES + ANSWER)
    (story,) = scenarios_beside(base.parent / "loud_word")
    assert any("answer" in str(failure) for failure in run(story))


def test_a_pack_excuses_itself_from_a_scenario(base: Path) -> None:
    _with_scenario(base)
    _sound(_loud(base, OWN_CLAUSES + ANSWER + "without: {scenarios: [easter]}\n"))
    assert scenarios_beside(base.parent / "loud_word") == ()


def test_its_own_scenario_takes_the_place_of_the_bases(base: Path) -> None:
    _with_scenario(base)
    pack = _loud(base, OWN_CLAUSES + ANSWER).path
    own = SCENARIO.read_text("utf-8").replace("procedure: quiet_word", "procedure: loud_word")
    own = own.replace("[QW-2, QW-3, QW-4, QW-5, QW-6]", "[LW-1]")
    own = own.replace("2026-04-17", "2026-04-01").replace("2026-04-18", "2026-04-02")
    (pack / "scenarios").mkdir()
    (pack / "scenarios" / "easter.yaml").write_text(own, "utf-8")
    (story,) = scenarios_beside(pack)
    assert story.path.parent.parent == pack
    assert run(story) == []


def test_a_scenario_that_speaks_of_what_is_left_out_is_a_fault(base: Path) -> None:
    _with_scenario(base)
    _sound(_loud(base, "without: {autos: [three_months]}\n"))
    with pytest.raises(FaultyPack, match="three_months"):
        scenarios_beside(base.parent / "loud_word")


def test_what_was_proved_is_proved_anew_when_the_base_changes(base: Path) -> None:
    _with_scenario(base)
    pack = _loud(base).path
    before = seal_of(pack)
    (base / "scenarios" / "easter.yaml").write_text("scenario: other\n", "utf-8")
    assert seal_of(pack) != before
    assert scenario_files(pack) == []


# -- folders of a site's own ---------------------------------------------------------------------


def test_a_site_keeps_packs_of_its_own(
    base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _loud(base)
    monkeypatch.setenv("CANDOUR_PROCEDURES", f"{tmp_path}/none:{base.parent}")
    assert {"loud_word", "quiet_word", "cardiff_vale"} <= set(policies.available())
    assert policies.load("loud_word").name == "loud_word"


def test_without_that_setting_they_lie_in_the_sites_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "procedures").mkdir()
    _written(tmp_path / "procedures", "quiet_word", TEXT)
    monkeypatch.delenv("CANDOUR_PROCEDURES", raising=False)
    monkeypatch.setenv("CANDOUR_HOME", str(tmp_path))
    assert "quiet_word" in policies.available()
    monkeypatch.delenv("CANDOUR_HOME")
    assert "quiet_word" not in policies.available()


def test_one_that_is_shipped_goes_before_one_of_the_same_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _written(tmp_path, "healthwatch_england", "procedure: healthwatch_england\n")
    monkeypatch.setenv("CANDOUR_PROCEDURES", str(tmp_path))
    assert policies.load("healthwatch_england").clauses
