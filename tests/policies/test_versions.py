"""Versions of a procedure that lie side by side."""

import shutil
from pathlib import Path

import pytest

from candour import policies
from candour.policies.folders import OWN
from candour.policies.versions import named

NAME = "healthwatch_england"
EARLIER = "2019"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An earlier version, kept in the site's own folder."""
    present = policies.load(NAME).version
    folder = tmp_path / NAME / "versions" / EARLIER
    shutil.copytree(policies.find(NAME), folder)
    pack = folder / "procedure.yaml"
    pack.write_text(pack.read_text("utf-8").replace(f'"{present}"', f'"{EARLIER}"', 1), "utf-8")
    monkeypatch.setenv(OWN, str(tmp_path))
    return folder


def test_an_earlier_version_is_found_beside_the_present_one(kept: Path) -> None:
    present = policies.load(NAME)
    assert policies.versions_of(NAME) == [present.version, EARLIER]
    assert policies.load_version(NAME, EARLIER).version == EARLIER
    assert policies.load_version(NAME, present.version) is present
    assert (NAME, EARLIER) in policies.in_reach()
    assert sorted(named()) == sorted(policies.in_reach())
    assert kept.name == EARLIER


def test_a_version_that_is_not_there_is_named_with_those_that_are(kept: Path) -> None:
    with pytest.raises(policies.NoSuchPack, match=rf"no version 1999 .* There are: .*{kept.name}"):
        policies.load_version(NAME, "1999")


@pytest.mark.parametrize("version", ["", ".", "..", "../..", "/etc", "versions"])
def test_a_version_is_never_a_way_out_of_the_folder(kept: Path, version: str) -> None:
    assert kept.exists()
    with pytest.raises(policies.NoSuchPack):
        policies.load_version(NAME, version)


def test_a_folder_of_another_version_is_a_fault_where_it_stands(kept: Path) -> None:
    wrong = kept.rename(kept.with_name("2018"))
    (fault,) = policies.read(wrong).faults
    assert "is version “2019” but its folder is “2018”" in str(fault)
    assert ":" in str(fault.place)
