"""A file of experiences that means harm: it is taken or refused with words, and whole or not."""

from pathlib import Path

import pytest

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.models import Experience
from tests.experiences.files import HEADER, csv_text, take_in

pytestmark = pytest.mark.django_db
VALUES = (
    *("", " ", "\x01", "\u202eabc", "\u2028", "'; DROP TABLE experience; --", "=1+1", "-1"),
    *("9" * 5_000, "1" * 40, "1e400", "٣", "x" * 200_000, "\n" * 10_000, '"', "tŷ", "\ufeff"),
    *("31/02/2021", "01/01/0001", "31/12/9999", "2041-06-03", "2021-W05-1", "99/99/9999", "0/0/0"),
)


def told(file: Path, body: Body) -> int:
    """Return how many rows the import says it took; none of a file that it refuses."""
    try:
        return take_in(file, body=body).taken
    except FileRefusedError:
        return 0


@pytest.mark.parametrize("column", HEADER)
def test_any_value_in_any_column_is_taken_or_told_of(tmp_path: Path, column: str) -> None:
    body = Body.objects.create(name="Healthwatch", nation="england", slug="hw")
    for number, value in enumerate(VALUES):
        file = tmp_path / f"{number}.csv"
        text = csv_text({"Comment ID": f"A{number}"}, {"Comment ID": f"B{number}", column: value})
        file.write_text(text, encoding="utf-8", newline="")
        with acting_for([body.pk]):
            before = Experience.objects.count()
            rows = told(file, body)
            assert Experience.objects.count() == before + rows


@pytest.mark.parametrize(
    "text",
    [
        ",".join(f"column {n}" for n in range(5_000)) + "\n" + "," * 4_999 + "\n",
        csv_text({}) + "," * 60_000 + "\n",
        csv_text({}) + '"never closed\n' * 1_000,
        csv_text({}) + "\x00" * 10 + "\n",
        ",".join(["Comment ID"] * 60) + "\n" + ",".join(["1"] * 60) + "\n",
        "\n" * 100_000,
    ],
    ids=["5,000 columns", "60,000 cells", "open quotes", "NUL", "one name 60 times", "empty lines"],
)
def test_a_file_of_a_strange_shape_is_answered(tmp_path: Path, text: str) -> None:
    body = Body.objects.create(name="Healthwatch", nation="england", slug="hw")
    file = tmp_path / "strange.csv"
    file.write_text(text, encoding="utf-8", newline="")
    with acting_for([body.pk]):
        rows = told(file, body)
        assert Experience.objects.count() == rows
