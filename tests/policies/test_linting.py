# ruff: noqa: E501 - each case is a line of the example beside what it is changed to
"""Linting finds each rule that can never work, and is silent about one that can."""

from pathlib import Path

import pytest

from candour import policies
from candour.policies import Severity, lint_pack
from tests.policies.example import PACK, changed

GATE = """
gates:
  hear:
    title: {en: Hear first, cy: Gwrando yn gyntaf}
    on: {entry: recommendation_issued}
    needs: [NEEDS]
    clauses: [QW-2]

duties:
  put_at_once:"""
NEEDS = """      - recorded: concern_raised
        says: {en: The concern must be written down., cy: Rhaid ysgrifennu’r pryder.}"""


def _said(folder: Path, *changes: tuple[str, str], notes: bool = False) -> list[str]:
    reading = changed(folder, *changes)
    assert reading.faults == (), [str(fault) for fault in reading.faults]
    wanted = Severity.NOTE if notes else Severity.ERROR
    return [str(one) for one in lint_pack(reading) if one.severity is wanted]


def _gate(needs: str) -> tuple[str, str]:
    return "\nduties:\n  put_at_once:", GATE.replace("NEEDS", needs)


def test_the_example_has_nothing_to_find() -> None:
    assert lint_pack(policies.read(PACK)) == []


@pytest.mark.parametrize("name", policies.available())
def test_shipped_packs_have_no_faults_and_no_errors(name: str) -> None:
    reading = policies.read(policies.find(name))
    assert [str(fault) for fault in reading.faults] == []
    grave = [str(one) for one in lint_pack(reading) if one.severity is Severity.ERROR]
    assert grave == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("to: with_service\n", "to: listening\n"), "No case can ever reach “with_service”"),
        (("    from: any\n", "    from: [listening, with_service]\n"), "is a dead end"),
        ((", final: true}", "}"), "No step is final"),
        (("    to: with_commissioner\n", "    to: listening\n"), "reach “with_commissioner”"),
    ],
)
def test_steps_that_cannot_be_reached_or_left(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    assert any(words in said for said in _said(tmp_path, change))


def test_a_case_that_can_only_go_round_never_ends(tmp_path: Path) -> None:
    back = """  back:
    title: {en: Back, cy: Yn ôl}
    from: [with_commissioner]
    to: with_commissioner
    clauses: [QW-1]
  end:"""
    changes = [("  end:", back), ("    from: any\n", "    from: [listening, with_service]\n")]
    assert any("dead end" in said for said in _said(tmp_path, *changes))
    round_ = (
        "    to: with_commissioner\n    clauses: [QW-1]",
        "    to: with_service\n    clauses: [QW-1]",
    )
    around = [
        (changes[0][0], back.replace(*round_)),
        ("    from: any\n", "    from: [listening]\n"),
    ]
    assert any("can never end" in said for said in _said(tmp_path, *around))


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ("      - recorded: meeting_held", "“meeting_held” is hidden"),
        ("      - at_step: ended", "but can only be at listening"),
        ("      - {recorded: case_opened, at_least: 2}", "recorded once in a case"),
        ("      - not: {recorded: case_opened}", "every case has been opened"),
        ("      - not: {at_step: [listening, ended]}", "always at listening"),
        (
            "      - recorded: concern_raised\n      - not: {recorded: concern_raised}",
            "and for its opposite",
        ),
        (
            "      - {recorded: concern_raised, where: {seriousness: low}, at_least: 2}\n"
            "      - not: {any: [{recorded: concern_raised}, {at_step: ended}]}",
            "and for its opposite",
        ),
        (
            "      - {latest: response_judged, has: {satisfactory: true}}\n"
            "      - {latest: response_judged, has: {satisfactory: false}}",
            "cannot be True and False at once",
        ),
        (
            "      - all: [{at_step: listening}, {any: [{at_step: ended}, {by: [chief_officer]}]}]",
            "who may not decide it",
        ),
        ("      - proposed: {step: ended}", "cannot be with_service and ended at once"),
        ("      - proposed: {move: end}", "cannot be to_service and end at once"),
        ("      - restriction_in_force: true", "“restriction_imposed” is hidden"),
        (
            "      - {elapsed: 1 month after, since_latest: {entry: step_entered, where: {step: ended}}}",
            "no move makes an entry such as",
        ),
        (
            "      - {elapsed: 1 month after, since_first: {entry: concern_raised},\n"
            "         counting_from: {entry: case_reopened}}",
            "no move makes an entry such as",
        ),
    ],
)
def test_moves_that_can_never_be_made(tmp_path: Path, needs: str, words: str) -> None:
    said = _said(tmp_path, (NEEDS, needs))
    assert any("“to_service” can never be made" in one and words in one for one in said), said


@pytest.mark.parametrize(
    "needs",
    [
        "      - {at_step: listening}",
        "      - any: [{at_step: ended}, {recorded: concern_raised}]",
        "      - not: {recorded: response_received}",
        "      - {recorded: concern_raised}\n"
        "      - not: {recorded: concern_raised, where: {seriousness: low}}",
        "      - {recorded: concern_raised}\n      - not: {recorded: concern_raised, at_least: 2}",
        "      - {by: [case_officer]}",
        "      - proposed: {step: with_service}",
        "      - {latest: response_judged, has: {satisfactory: true}}\n"
        "      - {latest: recommendation_issued, has: {arranged_by_several: false}}",
    ],
)
def test_moves_that_can_be_made_are_left_alone(tmp_path: Path, needs: str) -> None:
    assert _said(tmp_path, (NEEDS, needs)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_gate("{recorded: meeting_held}"), "The gate “hear” can never be passed"),
        (_gate("{proposed: {tier: service}}, {proposed: {to: x}}"), ""),
        (_gate("{fits_matrix: {rows: tier, columns: tier, outcome: tier}}"), "has no matrix"),
        (_gate("{not_stale: {entry: concern_raised}}"), "has no matrix"),
        (_gate("{not_milder: {rows: tier, columns: tier, outcome: tier}, than: {entry: meeting_held}, by_field: notes}"), "has no matrix"),
        (_gate("{not_copied: what_is_asked, of: [{entry: meeting_held}]}"), "The gate “hear” can never be passed"),
        (
            (_gate("{recorded: concern_raised}")[0], GATE.replace("recommendation_issued", "visit_made").replace("NEEDS", "{recorded: concern_raised}").replace("entry: visit_made", "entry: notice_sent")),
            "The gate “hear” guards nothing",
        ),
    ],
)  # fmt: skip
def test_gates(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    said = _said(tmp_path, change)
    assert any(words in one for one in said) if words else said == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("met_by: {entry: response_received}", "met_by: {entry: notice_sent}"), "Nothing can meet “answer” here: “notice_sent” is hidden"),
        (("met_by: {entry: response_received}", "met_by: {entry: step_entered, where: {step: ended}}"), "Nothing can meet “answer”"),
        (("met_by: {entry: response_received}", "met_by: {entry: case_closed, where: {step: ended}}"), ""),
        (("met_by: {entry: response_received}", "met_by: {entry: step_entered, roles: [system]}"), "nobody in the roles system"),
        (("starts: {entry: concern_raised,", "starts: {entry: case_reopened} #"), "Nothing can start “put_at_once”"),
        (("    due: 20 working days beginning with\n    start_field: received_on\n", "    due: 20 working days before\n"), "is due before the entry that starts it"),
        (("    extend: {", "    outlives: true\n    extend: {"), "outlives the case"),
        (("[meeting_called, meeting_held,", "[meeting_called, timescale_extended, meeting_held,"), "may be extended, but"),
        (("    extend: {", "    only_if: [{at_step: listening}, {not: {at_step: listening}}]\n    extend: {"), "Nothing can start “answer”"),
        (("    extend: {", "    first_since: {entry: case_reopened}\n    extend: {"), "never counts anew"),
        (("    extend: {", "    stops: {entry: meeting_held}\n    extend: {"), "Nothing can stop “answer”"),
    ],
)  # fmt: skip
def test_duties(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    said = _said(tmp_path, change)
    assert any(words in one for one in said) if words else said == []


def test_an_owner_who_may_record_nothing_that_meets_it_is_a_note(tmp_path: Path) -> None:
    change = (
        "met_by: {entry: response_received}",
        "met_by: {entry: response_received, roles: [chief_officer]}",
    )
    assert any("may record nothing that meets it" in n for n in _said(tmp_path, change, notes=True))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("move: to_commissioner, step: with_commissioner", "move: to_commissioner, step: ended"), "but “to_commissioner” leads to “with_commissioner”"),
        (("move: to_commissioner, step: with_commissioner", "move: end, step: ended"), "“end” needs “case_closed”"),
        (("      - at_step: with_service\n", ""), "may act at ended, listening, with_commissioner"),
        (("      - at_step: with_service\n", "      - all: [{at_step: with_service}]\n"), ""),
        (("      - not: {recorded: response_received}", "      - recorded: meeting_held"), "“three_months” can never act"),
        (("does: {entry: step_entered, data: {move: to_commissioner, step: with_commissioner}}\n    mode: propose\n    to: chief_officer", "does: {entry: meeting_held, data: {improvement: none, meeting: x}}\n    mode: do"), None),
        (("does: {entry: step_entered, data: {move: to_commissioner, step: with_commissioner}}\n    mode: propose\n", "does: {entry: action_completed, data: {evidence: x, risk_review: y}}\n    mode: do\n"), "must refer to an entry"),
        (("[meeting_called, meeting_held,", "[meeting_called, case_closed, meeting_held,"), "“end” can never be made"),
    ],
)  # fmt: skip
def test_autos(tmp_path: Path, change: tuple[str, str], words: str | None) -> None:
    if words is None:
        assert changed(tmp_path, change).faults  # a value that no option allows is a fault already
        return
    said = _said(tmp_path, change)
    assert any(words in one for one in said) if words else said == []


def test_an_auto_that_acts_by_a_hidden_kind(tmp_path: Path) -> None:
    does = "does: {entry: step_entered, data: {move: to_commissioner, step: with_commissioner}}"
    change = (does, "does: {entry: view_sought, data: {from_whom: x}}")
    hides = ("[meeting_called,", "[view_sought, meeting_called,")
    assert any(
        "cannot act: “view_sought” is hidden" in one for one in _said(tmp_path, change, hides)
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("    decided_by: [case_officer]\n    clauses: [QW-2]", "    decided_by: [case_officer]"), "The move to_service names no clause"),
        ((", clauses: [QW-3]}\n  with_commissioner", "}\n  with_commissioner"), "The step with_service names no clause"),
        (("    to: chief_officer\n    clauses: [QW-6]", "    to: chief_officer"), "The auto three_months names no clause"),
        (("    owner: case_officer\n    clauses: [QW-4]", "    owner: case_officer"), "Nothing enforces QW-4 (clock)"),
        (("    override: {by: [chief_officer]}   # past it only with a written reason\n    clauses: [QW-5]", "    override: true"), "may be overridden, but no clause says so"),
        (("  outcomes:", "  outcomez: [{id: x, en: X, cy: X}]\n  outcomes:"), "No field asks for the list “outcomez”. Did you mean “outcomes”?"),
    ],
)  # fmt: skip
def test_clauses_and_options(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    assert any(words in one for one in _said(tmp_path, change))


def test_roles_without_clause_and_kinds_without_options_are_notes(tmp_path: Path) -> None:
    change = ("cy: Prif swyddog}, clauses: [QW-6]}", "cy: Prif swyddog}}")
    assert any("role chief_officer decides" in n for n in _said(tmp_path, change, notes=True))
    hides = ("record_signed, report_made]", "report_made]")
    assert any("record_signed (records)" in n for n in _said(tmp_path, hides, notes=True))


def test_a_clause_that_only_a_document_names_is_not_enforced(tmp_path: Path) -> None:
    change = ("    owner: case_officer\n    clauses: [QW-4]", "    owner: case_officer")
    named = "documents:\n  x: {title: {en: X, cy: X}, type: form, clauses: [QW-4]}\nautos:"
    assert any("Nothing enforces QW-4" in n for n in _said(tmp_path, change, ("autos:", named)))


def test_findings_say_where_they_stand(tmp_path: Path) -> None:
    reading = changed(tmp_path, ("to: with_service\n", "to: listening\n"))
    finding = next(one for one in lint_pack(reading) if "with_service" in one.message)
    assert finding.place is not None
    line = (reading.path / "procedure.yaml").read_text("utf-8").splitlines()[finding.place.line - 1]
    assert line.strip().startswith("with_service:")
