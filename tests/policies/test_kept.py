"""What a pack file holds is kept by the seal of its text, and never believed when it is spoilt."""

from pathlib import Path

import pytest

from candour.policies.folders import SHIPPED
from candour.policies.reading import kept
from candour.policies.reading.yaml_files import parse, read_file

TEXT = """a: {b: [1, "1", true, null, 2.5], "c d": 2026-03-30}
e:
  - f: Cyngor y Fro’n gofyn
  - []
"""


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("CANDOUR_HOME", str(folder))
    return folder


def written(tmp_path: Path, text: str = TEXT) -> Path:
    file = tmp_path / "one.yaml"
    file.write_text(text, "utf-8")
    return file


def refuse_to_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("candour.policies.reading.yaml_files.parse", parsed)


def test_a_file_is_parsed_once_and_comes_back_with_its_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path)
    first = read_file(file, "shown.yaml", [])
    refuse_to_parse(monkeypatch)
    assert read_file(file, "shown.yaml", []) == first == parse(TEXT, "shown.yaml", [])
    elsewhere = read_file(file, "other.yaml", [])
    assert elsewhere is not None
    assert elsewhere.place.file == "other.yaml"


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("healthwatch_derbyshire/*.yaml")))
def test_shipped_files_come_back_as_they_were(file: Path) -> None:
    assert read_file(file, "x", []) == read_file(file, "x", []) == parse(file.read_text(), "x", [])


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    read_file(written(tmp_path), "x", [])
    node = read_file(written(tmp_path, "a: other"), "x", [])
    assert node is not None
    assert node.plain() == {"a": "other"}


@pytest.mark.parametrize("spoilt", ["", "{", "[]", "7", '[1, 1, "m", [["a", 1]]]', '[1,1,"l",3]'])
def test_what_is_spoilt_is_read_and_kept_anew(tmp_path: Path, home: Path, spoilt: str) -> None:
    file = written(tmp_path)
    read_file(file, "x", [])
    (place,) = (home / kept.FOLDER).iterdir()
    good = place.read_text("utf-8")
    place.write_text(spoilt, "utf-8")
    assert read_file(file, "x", []) == parse(TEXT, "x", [])
    assert place.read_text("utf-8") == good


def test_a_faulty_file_says_its_faults_every_time(tmp_path: Path, home: Path) -> None:
    file = written(tmp_path, "a: 1\na: 2\n")
    for _ in range(2):
        faults: list[object] = []
        read_file(file, "x", faults)  # type: ignore[arg-type]  # only counted here
        assert len(faults) == 1
    assert not (home / kept.FOLDER).exists()


def test_where_nothing_can_be_written_files_are_read_all_the_same(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / kept.FOLDER).write_text("in the way", "utf-8")
    assert read_file(written(tmp_path), "x", []) == parse(TEXT, "x", [])
    monkeypatch.setenv("CANDOUR_HOME", str(tmp_path / "not there"))
    assert read_file(written(tmp_path), "x", []) == parse(TEXT, "x", [])
    assert not (tmp_path / "not there").exists()


def test_the_oldest_make_room(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    for number in range(6):
        read_file(written(tmp_path, f"a: {number}"), "x", [])
    assert len(list((home / kept.FOLDER).iterdir())) == 4  # three, and the newest
