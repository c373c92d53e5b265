"""What cannot be taken is refused before anything is, with the line and the byte."""

import os
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.survey import LONGEST_LINE, MIXED, Survey, opened, survey


def surveyed(content: bytes) -> Survey:
    with TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return survey(file, lambda _: None)


def refusal(content: bytes) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as refused:
        surveyed(content)
    return refused.value


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"plain\n", "utf-8"),
        ("tŷ\n".encode(), "utf-8"),
        ("\ufefftŷ\n".encode(), "utf-8-sig"),
        (b"\xef\xbb\xbfplain\nplain\n", "utf-8-sig"),
        ("caf\u00e9 \u201cgood\u201d\n".encode("cp1252"), "cp1252"),
    ],
)
def test_the_encoding_is_found(content: bytes, encoding: str) -> None:
    assert surveyed(content).encoding == encoding


@pytest.mark.parametrize(
    "content",
    [
        "one\ntŷ\n".encode() + "caf\u00e9\n".encode("cp1252"),
        "caf\u00e9\n".encode("cp1252") + "tŷ\n".encode(),
        b"\xef\xbb\xbfone\ncaf\xe9\n",
        b"one\ntwo \x81\n",
    ],
)
def test_a_file_in_no_one_encoding_is_mixed(content: bytes) -> None:
    assert surveyed(content).encoding == MIXED


def test_a_zero_byte_is_refused_where_it_stands() -> None:
    error = refusal(b"id,comment\n1,ki\0nd\n")
    assert (error.line, error.byte) == (2, 15)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("id,comment\n".encode("utf-16"), "UTF-16"),
        (b"\xd0\xcf\x11\xe0rest", "XLS"),
        (b"x" * (LONGEST_LINE + 1), "hardly CSV"),
    ],
)
def test_what_is_no_csv_is_refused_by_what_it_is(content: bytes, said: str) -> None:
    assert said in str(refusal(content))


@given(st.binary(max_size=200))
def test_any_bytes_are_surveyed_or_refused_and_never_crash(content: bytes) -> None:
    try:
        found = surveyed(content)
    except FileRefusedError:
        return
    if found.encoding != MIXED:
        content.decode(found.encoding)
    assert found.size == len(content)


def test_a_huge_file_is_refused_at_once_by_its_size(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(2_000_000_000)
    said = "2,000 MB and the limit is 1,000 MB"
    with pytest.raises(FileRefusedError, match=said), opened(huge, limit=1_000_000_000):
        raise AssertionError


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "missing.csv"
    for path, said in [(tmp_path, "is a folder"), (pipe, "There is no file")]:
        with pytest.raises(FileRefusedError, match=said), opened(path, limit=1):
            raise AssertionError
    with (
        pytest.raises(FileRefusedError, match="not an ordinary file"),
        opened(Path(os.devnull), limit=1),
    ):
        raise AssertionError
