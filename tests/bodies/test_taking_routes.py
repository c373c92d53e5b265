"""A file of routes: what it says is taken whole or not at all, and every fault has its line."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from candour.bodies.keeping import Keeper
from candour.bodies.models import Area, Body, BodyFunction, Contact, DirectoryChange
from candour.bodies.routes import who_answers
from candour.bodies.routes_file import RoutesFileError, read_routes
from candour.bodies.taking_routes import RoutesReport, import_routes

AT = datetime(2026, 11, 23, 22, tzinfo=UTC)
BY = Keeper("the command line", AT)
HEAD = "area,function,body,contact,phone,hours,from,to,people,out_of_hours\n"
GOOD = HEAD + (
    "E10000007,safeguarding,derbyshire,Call Derbyshire,01632 960220,"
    "Mon to Fri 8am to 8pm,2026-04-01,,both,01632 960222\n"
    "derbyshire,Scrutiny,Derbyshire  County Council,,,,,,,\n"
)


@pytest.fixture
def county(db: None) -> Area:
    Body.objects.create(name="Derbyshire County Council", slug="derbyshire", nation="england")
    return Area.objects.create(
        code="E10000007", name="Derbyshire", kind="local_authority", nation="england"
    )


def taken(text: str, *, dry_run: bool = False) -> RoutesReport:
    return import_routes(text.encode(), BY, dry_run=dry_run)


def test_a_file_is_taken_in_and_its_desks_answer(county: Area) -> None:
    report = taken(GOOD)
    assert report.lines() == [
        "2 rows read.",
        "2 routes added, 0 there already.",
        "2 desks added, 0 changed.",
    ]
    (answer,) = who_answers("safeguarding", at=AT, area=county)
    assert (answer.phone, answer.title.en) == ("01632 960222", "Derbyshire County Council")
    assert answer.since == date(2026, 4, 1)
    assert DirectoryChange.objects.filter(by_name="the command line").count() == 4


def test_the_same_file_taken_again_changes_nothing(county: Area) -> None:
    taken(GOOD)
    before = DirectoryChange.objects.count()
    assert taken(GOOD).lines()[1:] == [
        "0 routes added, 2 there already.",
        "0 desks added, 0 changed.",
    ]
    assert DirectoryChange.objects.count() == before


def test_other_hours_hold_from_the_row_s_first_day_on(county: Area) -> None:
    taken(GOOD)
    later = GOOD.replace("8am to 8pm,2026-04-01", "9am to 5pm,2027-04-01")
    assert taken(later).desks_changed == 1
    desks = Contact.objects.filter(phone="01632 960220").order_by("from_date")
    assert [(each.hours, each.to_date) for each in desks] == [
        ("Mon to Fri 8am to 8pm", date(2027, 3, 31)),
        ("Mon to Fri 9am to 5pm", None),
    ]


def test_a_dry_run_reports_and_keeps_nothing(county: Area) -> None:
    report = taken(GOOD, dry_run=True)
    assert report.lines()[1] == "2 routes would be added, 0 there already."
    assert report.lines()[-1] == "Nothing was kept: this was a dry run."
    assert not BodyFunction.objects.exists()


def test_every_fault_is_named_with_its_line_and_nothing_is_taken(county: Area) -> None:
    Body.objects.create(name="Derbyshire County Council", slug="second", nation="england")
    wrong = GOOD + (
        "Nowhere,safeguarding,derbyshire,Desk,1,Mon 9 to 5,,,,\n"
        "Nowhere,safeguarding,derbyshire,Desk,1,,,,,\n"
        "Derbyshire,watching,derbyshire,Desk,,,31/02/2026,2026-01-01,all,\n"
        ",,,,,,2026-02-01,2026-01-01,,\n"
    )
    report = taken(wrong)
    assert [str(fault).split(";")[0] for fault in report.faults] == [
        "line 3, body: several are called “Derbyshire  County Council”",
        "line 4, hours: “9” may be morning or evening. Write am or pm, or 09:00.",
        "line 5, area: the directory knows no “Nowhere”",
        "line 6, function: “watching” is none",
        "line 6, people: “all” is none",
        "line 6, phone: is empty, and so is the email, so nobody is reached",
        "line 6, from: “31/02/2026” is no day",
        "line 7, area: is empty",
        "line 7, function: is empty",
        "line 7, body: is empty",
        "line 7, to: is before the first day",
    ]
    assert report.lines()[0] == "Nothing was taken: 11 faults."
    assert not BodyFunction.objects.exists()
    assert not Contact.objects.exists()


def test_what_contradicts_what_is_kept_is_a_fault_of_its_line(county: Area) -> None:
    taken(GOOD)
    report = taken(GOOD.replace("2026-04-01,,both", "2026-06-01,2026-12-31,both"))
    assert str(report.faults[0]).startswith("line 2: The same is kept already")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "It has no column area, function, body"),
        (b"area,body,colour\n", "columns that mean nothing here: colour"),
        (b"area\0", "It is no text"),
    ],
)
def test_a_file_that_is_none_of_routes_says_which_columns_it_needs(
    content: bytes, says: str
) -> None:
    with pytest.raises(RoutesFileError, match=says):
        read_routes(content)


def test_a_file_from_a_spreadsheet_of_old_is_read_too() -> None:
    text = HEAD.replace(",", ";") + "Môn;safeguarding;môn;Tîm;1;;01/04/2026;;;\r\n\r\n"
    (row,) = read_routes(text.encode("cp1252")).rows
    assert (row.area, row.contact, row.begins) == ("Môn", "Tîm", date(2026, 4, 1))


@pytest.mark.django_db(transaction=True)
def test_the_command_takes_a_file_and_ends_with_one_where_it_has_faults(
    site_environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "routes.csv"
    file.write_text(GOOD, encoding="utf-8")
    words = [sys.executable, "-m", "candour", "import", "routes", str(file), "--dry-run"]
    ended = subprocess.run(
        words, env=site_environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert "line 2, area: the directory knows no “E10000007”" in ended.stderr
