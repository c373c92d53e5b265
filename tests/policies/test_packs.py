"""Packs by name or place, and the registers of clauses that they share."""

from pathlib import Path

import pytest

from candour import policies
from candour.policies import FaultyPack, NoSuchPack, lint_pack
from candour.policies.carriers import carried
from tests.policies.example import PACK, TEXT, changed

REGISTER = TEXT[TEXT.index("clauses:    ") : TEXT.index("roles:\n")]


def _borrower(folder: Path, lender: str = "quiet_word", text: str = TEXT) -> Path:
    """Return a pack that borrows its register from another beside it."""
    pack = folder / "loud_word"
    pack.mkdir()
    shared = text.replace("procedure: quiet_word", "procedure: loud_word")
    shared = shared.replace(REGISTER, f"clauses_from: {lender}\n\n")
    (pack / "procedure.yaml").write_text(shared, "utf-8")
    return pack


def _lender(folder: Path, text: str = TEXT) -> Path:
    pack = folder / "quiet_word"
    pack.mkdir()
    (pack / "procedure.yaml").write_text(text, "utf-8")
    return pack


@pytest.mark.parametrize("name", policies.available())
def test_a_shipped_pack_is_read_once_and_kept(name: str) -> None:
    procedure = policies.load(name)
    assert procedure.name == name
    assert policies.load(name) is procedure


def test_there_are_no_packs_without_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("candour.policies.folders.SHIPPED", tmp_path / "none")
    monkeypatch.setenv("CANDOUR_PROCEDURES", str(tmp_path / "nor_here"))
    assert policies.available() == []


def test_a_pack_may_be_one_file() -> None:
    assert policies.load(PACK / "procedure.yaml").name == "quiet_word"


def test_a_pack_that_there_is_not_is_named_with_the_nearest() -> None:
    with pytest.raises(NoSuchPack, match="Did you mean “healthwatch_england”"):
        policies.load("healthwatch_engeland")


def test_a_faulty_pack_is_refused_when_loaded_with_every_fault(tmp_path: Path) -> None:
    text = TEXT.replace("calendar: england", "calendar: engl").replace("nation: e", "nation: E")
    with pytest.raises(FaultyPack) as raised:
        policies.load(_lender(tmp_path, text))
    assert len(raised.value.faults) == 2
    assert "cannot be used: 2 faults.\n  " in str(raised.value)


def test_a_pack_is_called_as_its_folder(tmp_path: Path) -> None:
    reading = changed(tmp_path, ("procedure: quiet_word ", "procedure: loud_word "))
    assert ["Make them one" in fault.message for fault in reading.faults] == [True]


def test_what_the_example_becomes() -> None:
    procedure = policies.load(PACK)
    assert procedure.moves["end"].from_steps == ("listening", "with_service", "with_commissioner")
    assert procedure.moves["to_commissioner"].override_by == ("chief_officer",)
    assert str(procedure.duties["answer"].clock) == "20 working days beginning with"
    assert procedure.review is not None
    assert str(procedure.review.next_review) == "2026-12-01"
    assert "heard_from" in [known.name for known in procedure.kind("concern_raised").fields]
    assert "meeting_held" not in procedure.kinds


def test_a_register_is_shared(tmp_path: Path) -> None:
    _lender(tmp_path)
    reading = policies.read(_borrower(tmp_path))
    assert (reading.faults, reading.shares) == ((), "quiet_word")
    assert reading.procedure is not None
    assert list(reading.procedure.clauses) == [f"QW-{number}" for number in range(1, 8)]


def test_what_nothing_carries_is_told_by_the_packs_own_register_alone(tmp_path: Path) -> None:
    owner = "    owner: case_officer\n"
    uncarried = TEXT.replace(f"{owner}    clauses: [QW-4]\n", owner)
    eighth = '  - {id: QW-8, at: "8", kind: gate, does: One more.}\n\nroles:\n'
    uncarried = uncarried.replace("roles:\n", eighth, 1)
    own = policies.read(_lender(tmp_path, uncarried))
    other = policies.read(_borrower(tmp_path))
    lost = [str(one) for one in lint_pack(own) if "Nothing enforces" in one.message]
    assert len(lost) == 1  # QW-4 is carried by the pack that shares the register; QW-8 is not
    assert "QW-8" in lost[0]
    assert lint_pack(other) == []
    alone = [str(one) for one in lint_pack(own, among=()) if "Nothing enforces" in one.message]
    assert len(alone) == 2


def test_a_register_that_there_is_not(tmp_path: Path) -> None:
    faults = policies.read(_borrower(tmp_path, "quite_word")).faults
    assert ["There is no pack “quite_word” with a register" in f.message for f in faults] == [True]


def test_a_register_with_faults_cannot_be_shared(tmp_path: Path) -> None:
    _lender(tmp_path, TEXT.replace("kind: role, does", "kind: rule, does"))
    faults = policies.read(_borrower(tmp_path)).faults
    assert ["“rule” is not known here" in fault.message for fault in faults] == [True]


def test_what_carries_each_clause() -> None:
    found = carried(policies.load(PACK))
    assert [str(carrier) for carrier in found["QW-6"]] == [
        "role chief_officer",
        "auto three_months",
    ]
    assert [str(carrier) for carrier in found["QW-7"]] == ["review"]


def test_a_shared_register_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    lender = _lender(tmp_path, TEXT.replace(REGISTER, ""))
    (lender / "clauses.yaml").write_text(REGISTER, "utf-8")
    (lender / "notes.yml").write_text("gates: {}\n", "utf-8")
    assert policies.read(lender).faults == ()
    assert policies.read(_borrower(tmp_path)).faults == ()
