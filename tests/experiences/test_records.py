"""How a file is laid out, and records of every odd kind."""

import io

import pytest

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.mapping_files import find_mapping
from candour.experiences.intake.records import Layout, column_keys, read_layout, records
from candour.experiences.intake.sources import TextSource
from candour.experiences.intake.survey import Survey
from tests.experiences.files import csv_text


def layout_of(text: str, mapping: str = "nhs-fft") -> tuple[str, tuple[str, ...]]:
    found = layout(text, mapping)
    return found.delimiter, found.unknown


def layout(text: str, mapping: str) -> Layout:
    surveyed = Survey("utf-8", "", len(text), 0)
    return read_layout(TextSource(io.BytesIO(text.encode()), surveyed), find_mapping(mapping))


def records_of(text: str) -> list[tuple[int, list[str]]]:
    return list(records(io.BytesIO(text.encode()), "utf-8", ","))


def refusal_of(text: str, mapping: str = "nhs-fft") -> FileRefusedError:
    with pytest.raises(FileRefusedError) as refused:
        layout_of(text, mapping)
    return refused.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_brings_out_the_columns(delimiter: str) -> None:
    assert layout_of(csv_text({}, delimiter=delimiter)) == (delimiter, ())


def test_column_names_are_known_however_they_are_spaced_and_cased() -> None:
    assert layout_of("\u00a0COMMENT , Id\n", "generic")[1] == ()


def test_unknown_columns_are_told() -> None:
    assert layout_of("comment,shoe size\n", "generic")[1] == ("shoe size",)


def test_a_missing_header_is_refused() -> None:
    error = refusal_of("C1,North,30/09/2021\nC2,North,30/09/2021\n")
    assert error.line == 1
    assert "None of the first 30 lines names columns" in str(error)


def test_titles_and_empty_lines_may_stand_before_the_columns_names() -> None:
    text = "Results of the autumn survey\n,,\nMade on,30/09/2021,\n" + csv_text({})
    assert layout(text, "nhs-fft").header_line == 4


def test_columns_of_one_name_are_told_apart_where_the_mapping_says_which() -> None:
    assert column_keys(["Comment", "", " comment", "Comment "]) == [
        "comment",
        "column b",
        "comment (2)",
        "comment (3)",
    ]


def test_a_missing_column_is_refused_with_the_nearest_there_is() -> None:
    error = refusal_of(csv_text({}).replace("FFT answer", "FFT answers"))
    assert "lacks 1 of the columns" in str(error)
    assert "“FFT answer”; did you mean “fft answers”?" in str(error)


def test_a_column_that_is_there_twice_is_refused() -> None:
    error = refusal_of(csv_text({}).replace("Parking", "Comment ID"))
    assert "“Comment ID” is there twice" in str(error)


def test_cells_may_hold_delimiters_quotation_marks_and_lines() -> None:
    text = 'a,b\n1,"one, ""two""\nthree"\n\n2,four\r\n'
    assert records_of(text) == [
        (1, ["a", "b"]),
        (2, ["1", 'one, "two"\nthree']),
        (5, ["2", "four"]),
    ]


def test_a_quotation_mark_that_is_never_closed_is_refused_where_it_opens() -> None:
    with pytest.raises(FileRefusedError, match="begins on line 3, and none closes it") as refused:
        records_of('a,b\n1,fine\n2,"never\nclosed\n' + "x,y\n" * 10)
    assert refused.value.line == 3


def test_a_cell_that_swallows_the_rest_of_a_long_file_is_refused_early() -> None:
    with pytest.raises(FileRefusedError, match="begins on line 2, and none closes it"):
        records_of('a,b\n1,"never closed\n' + "x,y\n" * 100_000)


def test_a_quotation_mark_that_is_not_doubled_is_refused_on_its_line() -> None:
    with pytest.raises(FileRefusedError, match="Line 3 has a quotation mark inside a cell"):
        records_of('a,b\n1,fine\n2,"she said "no" to me"\n')
