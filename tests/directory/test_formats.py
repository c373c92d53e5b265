"""Files of other shapes: workbooks with ticks and ratings, Wales, plain lists, own mappings."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from candour.bodies.models import Service
from candour.directory.actions import import_directory
from candour.directory.errors import FileRefusedError, MappingError
from candour.directory.models import Change, Listing, Rating
from candour.directory.reading.mapping_files import find_mapping, read_mapping, shipped_mappings
from candour.directory.report import Report
from tests.support.care_directory import care_directory, row, sheet

pytestmark = pytest.mark.django_db
NOV = datetime(2026, 11, 2, 9, tzinfo=UTC)
DEC = datetime(2026, 12, 2, 9, tzinfo=UTC)


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for line, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if isinstance(cell, date):
                        page.write_datetime(line, place, cell, day)
                    else:
                        page.write(line, place, cell)
    return made.getvalue()


def taken(content: bytes, name: str = "file.xlsx", at: datetime = NOV, **more: Any) -> Report:
    return import_directory(content, file_name=name, by=None, as_of=at, **more)


def ratings(**of: Any) -> dict[str, tuple[str, date | None]]:
    found = Rating.objects.filter(current=True, **of)
    return {each.question: (each.rating, each.given_on) for each in found}


FILTERS = (
    *("Location ID", "Location HSCA start date", "Dormant (Y/N)", "Care home?", "Location Name"),
    *("Location Telephone Number", "Registered manager", "Location Web Address"),
    *("Location Latest Overall Rating", "Publication Date", "Location Region"),
    *("Location Local Authority", "Location Street Address", "Location Address Line 2"),
    *("Location City", "Location Postal Code", "Provider ID", "Provider Name"),
    *("Service type - Care home service with nursing", "Service type - Dental service"),
    *("Service user band - Children 0-18 years", "Service user band - Older People"),
)


def filtered(number: str = "1-1", rating: str = "Good", nursing: str = "Y") -> list[Any]:
    return [
        *(number, date(2012, 4, 1), "N", "Y", "Sunnyside", "01632960001", "Nobody Kept"),
        *("www.sunny.example", rating, date(2025, 3, 4), "London", "Leeds", "4 Mill Lane", ""),
        *("Leeds", "LS14AB", 900_1.0, "Meadow Care", nursing, "", "", "Y"),
    ]


def test_a_workbook_with_a_sheet_before_the_list_and_a_column_for_each_kind() -> None:
    content = workbook(
        {
            "README": [["CQC care directory"], ["This data was produced on 1 November 2026"]],
            "HSCA_Active_Locations": [FILTERS, filtered(), filtered("1-2", "Inadequate", "")],
        }
    )
    report = taken(content)
    assert (report.mapping, report.sheet, report.staged) == (
        "cqc-filters",
        "HSCA_Active_Locations",
        2,
    )
    listing = Listing.objects.select_related("provider", "service").get(number="1-1")
    assert listing.kinds == ["Care home service with nursing"]
    assert listing.specialisms == ["Older People"]
    assert (listing.nursing, listing.people) == (True, "adults")
    assert (listing.address, listing.postcode) == ("4 Mill Lane, Leeds", "LS1 4AB")
    assert (listing.provider.number, listing.provider.name) == ("9001", "Meadow Care")
    assert ratings(service=listing.service) == {"overall": ("good", date(2025, 3, 4))}
    assert "Registered manager" not in report.unknown_columns
    assert "Nobody Kept" not in str(list(Listing.objects.values()))
    assert not taken(content, at=DEC).differences.changed


RATED = (
    *("Location ID", "Location Name", "Care Home?", "Service / Population Group", "Domain"),
    *("Latest Rating", "Publication Date", "Report Type", "URL"),
)


def rated(question: str, rating: str, on: date | str, *, group: str = "Overall") -> list[Any]:
    return ["1-1001", "Service 1", "Y", group, question, rating, on, "Location", "https://x"]


def test_ratings_of_a_file_that_has_a_row_for_each_question() -> None:
    taken(care_directory([row(1)]), "nov.csv")
    old, new = date(2021, 5, 6), date(2025, 7, 8)
    report = taken(
        workbook(
            {
                "Locations": [
                    RATED,
                    rated("Overall", "Good", old),
                    rated("Safe", "Requires improvement", old),
                    rated("Safe", "Outstanding", old, group="Surgery"),
                    rated("Caring", "Not Rated", old),
                    rated("Effective", "Splendid", old),
                    rated("Luck", "Good", old),
                    ["1-404", *rated("Overall", "Good", old)[1:]],
                ]
            }
        )
    )
    assert report.mapping == "cqc-ratings"
    assert ratings() == {"overall": ("good", old), "safe": ("requires_improvement", old)}
    assert (report.differences.rated, report.differences.unrated) == (2, 1)
    assert report.rows_read == report.staged + report.left_out + report.skipped_rows
    assert set(report.noted) == {
        "“Splendid” is no rating and was left out",
        "“Luck” is no question that is rated",
    }
    assert Service.objects.filter(to_date=None).count() == 1, "ratings end nothing"

    report = taken(workbook({"Locations": [RATED, rated("Overall", "Inadequate", new)]}), at=DEC)
    assert report.differences.rated == 1
    assert ratings(question="overall") == {"overall": ("inadequate", new)}
    told = Change.objects.get(field="rating cqc overall", before__startswith="good")
    assert (told.before, told.after) == ("good 2021-05-06", "inadequate 2025-07-08")
    late = taken(workbook({"L": [RATED, rated("Overall", "Outstanding", date(2019, 1, 2))]}))
    assert late.differences.rated == 1
    assert ratings(question="overall") == {"overall": ("inadequate", new)}, (
        "an older one is history"
    )
    assert Rating.objects.filter(question="overall").count() == 3


def test_a_rating_of_a_day_to_come_keeps_no_day() -> None:
    taken(care_directory([row(1)]), "nov.csv")
    report = taken(workbook({"L": [RATED, rated("Safe", "Good", date(2030, 1, 1))]}))
    assert ratings() == {"safe": ("good", None)}
    assert list(report.noted) == ["the rating is of a day to come, so its day was left empty"]
    again = taken(workbook({"L": [RATED, rated("Safe", "Good", date(2030, 1, 1))]}), at=DEC)
    assert again.differences.rated == 0


CIW = (
    *("Service URN", "Service name", "Service type", "Address line 1", "Town", "Postcode"),
    *("Local authority", "Provider URN", "Provider name", "Responsible individual"),
    *("Well-being", "Care and support", "Leadership and management", "Environment"),
    "Date of rating",
)


def test_services_of_wales_with_their_four_themes_and_no_overall_rating() -> None:
    values = (
        *("SIN-1", "Plas Newydd", "Care home with nursing", "1 Heol y Bont", "Caerdydd"),
        *("CF10 1AA", "Cardiff", "P-1", "Gofal Cyf", "Somebody Named"),
        *("Excellent", "Good", "Requires improvement", "Angen gwelliant sylweddol"),
    )
    content = sheet(CIW, [dict(zip(CIW, (*values, "05/06/2026"), strict=True))])
    report = taken(content, "ciw.csv")
    assert report.mapping == "ciw"
    home = Service.objects.select_related("provider").get()
    assert (home.nursing, home.provider.nation) == (True, "wales")
    assert ratings(service=home, schema="ciw") == {
        "well_being": ("excellent", date(2026, 6, 5)),
        "care_and_support": ("good", date(2026, 6, 5)),
        "leadership_and_management": ("requires_improvement", date(2026, 6, 5)),
        "environment": ("requires_significant_improvement", date(2026, 6, 5)),
    }
    assert "Somebody Named" not in str(list(Listing.objects.values()))


def test_a_plain_list_ends_only_what_it_says_has_closed() -> None:
    header = ("id", "name", "postcode", "provider", "kinds", "nursing", "people", "closed on")
    wards = (
        ("7", "Ward 7", "LS1 4AB", "Trust", "Ward; Clinic", "no", "both", ""),
        ("8", "Ward 8", "LS1 4AB", "Trust", "Ward", "yes", "children", ""),
    )
    first = [dict(zip(header, ward, strict=True)) for ward in wards]
    report = taken(sheet(header, first), "wards.csv")
    assert report.mapping == "generic"
    ward = Service.objects.get(name="Ward 8")
    assert (ward.people, ward.nursing, ward.kind) == ("children", True, "Ward")
    assert Listing.objects.get(number="7").kinds == ["Ward", "Clinic"]
    only = [{**first[1], "closed on": "30/11/2026"}]
    report = taken(sheet(header, only), "wards.csv", DEC)
    assert (report.differences.ended, report.differences.changed) == (1, 0)
    assert Service.objects.get(name="Ward 8").to_date == date(2026, 11, 30)
    assert Service.objects.get(name="Ward 7").to_date is None


def test_what_a_file_has_no_column_for_is_left_as_it_was() -> None:
    taken(sheet(("id", "name", "phone"), [{"id": "1", "name": "A", "phone": "01632"}]), "a.csv")
    report = taken(sheet(("id", "name"), [{"id": "1", "name": "B"}]), "a.csv", DEC)
    assert report.differences.fields == {"name": 1}
    assert Listing.objects.get().phone == "01632"


def test_a_mapping_of_one_s_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "title: Ours\nregister: ours\nnation: wales\n"
        "columns: {number: Ref, name: [Title, Name]}\noptional: [Title, Name]\n"
    )
    mapping = find_mapping(str(file))
    report = taken(b"Ref;Name\n1;One\n", "mine.csv", mapping=mapping)
    assert report.staged == 1
    assert Listing.objects.get().register == "ours"
    assert Service.objects.get().provider.nation == "wales"
    with pytest.raises(FileRefusedError, match="lacks 1 of the columns"):
        taken(b"Ref;Other;title of\n1;One;2\n", "mine.csv", mapping=mapping)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a\n", "should hold the parts"),
        ("title: T\nregister: r\nnation: england\ncolums: {}\n", "did you mean “columns”"),
        ("title: T\nregister: r\nnation: England\ncolumns: {number: A}\n", "nation"),
        ("title: T\nregister: r\nnation: wales\ncolumns: {name: A}\n", "“number” of a service"),
        ("title: T\nregister: r\nnation: wales\ncolumns: {number: A, nmae: B}\n", "“name”"),
        (
            "title: T\nregister: r\nnation: wales\ncolumns: {number: A}\nratings: {schema: cqq}\n",
            "did you mean “cqc”",
        ),
        (
            "title: T\nregister: r\nnation: wales\ncolumns: {number: A}\n"
            "ratings: {schema: ciw, columns: {overall: X}}\n",
            "“overall” is not a question",
        ),
        ("title: {cy: T}\nregister: r\nnation: wales\ncolumns: {number: A}\n", "needs “en”"),
        ("title: T\nregister: r\nnation: wales\nwhole: perhaps\ncolumns: {number: A}\n", "true or"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_with_its_place(
    tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text)
    with pytest.raises(MappingError, match=says) as refused:
        read_mapping(file)
    assert "wrong.yaml:" in str(refused.value)


def test_every_shipped_mapping_reads_and_a_wrong_name_is_answered_with_the_nearest() -> None:
    assert set(shipped_mappings()) == {"cqc", "cqc-filters", "cqc-ratings", "ciw", "generic"}
    for name in shipped_mappings():
        assert find_mapping(name).name == name
    with pytest.raises(MappingError, match="did you mean “cqc-ratings”"):
        find_mapping("cqc-rating")
