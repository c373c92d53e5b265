"""Taking a register's file in: what is added, changed, ended and listed again, and its history."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from candour.bodies.models import Body, BodyFunction, Service
from candour.directory import actions
from candour.directory.actions import import_directory
from candour.directory.errors import FileRefusedError
from candour.directory.models import Change, Intake, Listing, Staged, State, What
from candour.directory.reading.mapping_files import find_mapping
from candour.directory.report import Report
from tests.support.care_directory import HEADER, care_directory, row

pytestmark = pytest.mark.django_db
NOV = datetime(2026, 11, 2, 9, tzinfo=UTC)
DEC = datetime(2026, 12, 2, 9, tzinfo=UTC)
JAN = datetime(2027, 1, 4, 9, tzinfo=UTC)


def taken(
    rows: list[list[str]], at: datetime = NOV, produced: str = "1 November 2026", **more: Any
) -> Report:
    content = care_directory(rows, produced)
    return import_directory(content, file_name="directory.csv", by=None, as_of=at, **more)


def changes(what: str = What.CHANGED) -> list[tuple[str, str, str, str]]:
    found = Change.objects.filter(what=what).order_by("pk").select_related("service")
    return [(each.service.name, each.field, each.before, each.after) for each in found]


def test_a_first_file_makes_services_providers_and_their_history() -> None:
    Body.objects.create(name="Nobody", slug="nobody", nation="england")
    leeds = Body.objects.create(
        name="Leeds City Council", slug="leeds", nation="england", kind="Local authority"
    )
    BodyFunction.objects.create(body=leeds, function="commissioner")
    report = taken(
        [
            row(1, name="Sunnyside", kinds="Nursing homes|Supported living", aka="Sunny"),
            row(2, people="Caring for children", authority="Nowhere", provider_number="1-9002"),
        ]
    )
    found = report.differences
    assert (found.added, found.changed, found.ended, found.same) == (2, 0, 0, 0)
    assert (found.providers, found.unmatched) == (2, ["Nowhere"])
    home = Service.objects.select_related("provider").get(name="Sunnyside")
    assert (home.kind, home.nursing, home.people) == ("Nursing homes", True, "adults")
    assert (home.host_authority, home.postcode) == (leeds, "LS1 4AB")
    assert home.provider.name == "Meadow Care Limited"
    assert list(home.provider.functions.values_list("function", flat=True)) == ["provider"]
    listing = Listing.objects.get(service=home)
    assert (listing.number, listing.also_known_as) == ("1-1001", "Sunny")
    assert listing.kinds == ["Nursing homes", "Supported living"]
    assert listing.latest_check == date(2025, 3, 1)
    assert listing.first_listed == date(2026, 11, 1)
    assert Service.objects.get(name="Service 2").people == "children"
    assert [after for *_, after in changes(What.ADDED)] == ["cqc 1-1001", "cqc 1-1002"]
    assert not Staged.objects.exists()


def test_the_same_file_again_changes_nothing() -> None:
    rows = [row(place) for place in range(5)]
    taken(rows)
    before = Change.objects.count()
    report = taken(rows, DEC, "1 December 2026")
    assert report.differences.nothing
    assert report.differences.same == 5
    assert Change.objects.count() == before


def test_what_changed_is_told_field_by_field() -> None:
    taken([row(1), row(2)])
    report = taken(
        [row(1, name="New Name", phone="01632960999", kinds="Dentist|Clinic"), row(2)], DEC
    )
    found = report.differences
    assert (found.changed, found.same) == (1, 1)
    assert found.fields == {"name": 1, "phone": 1, "kinds": 1}
    assert changes() == [
        ("New Name", "kinds", "Residential homes", "Dentist; Clinic"),
        ("New Name", "name", "Service 1", "New Name"),
        ("New Name", "phone", "01632960001", "01632960999"),
    ]
    assert Service.objects.get(name="New Name").kind == "Dentist"


def test_another_provider_takes_a_service_over() -> None:
    taken([row(1)])
    taken([row(1, provider="Willow Group", provider_number="1-9009")], DEC)
    assert Service.objects.get().provider.name == "Willow Group"
    assert changes() == [
        ("Service 1", "provider_name", "Meadow Care Limited (1-9001)", "Willow Group (1-9009)")
    ]


def test_a_provider_s_new_name_is_its_body_s_unless_people_named_it() -> None:
    taken([row(1), row(2, provider="Oak", provider_number="1-9002")])
    Body.objects.filter(name="Oak").update(name="Oak (named by us)")
    taken([row(1, provider="Elm"), row(2, provider="Ash", provider_number="1-9002")], DEC)
    assert set(Body.objects.values_list("name", flat=True)) == {"Elm", "Oak (named by us)"}


def test_what_people_put_right_stays_until_the_register_changes_it() -> None:
    taken([row(1)])
    Service.objects.update(name="As we call it", address="Round the back")
    taken([row(1, phone="01632960999")], DEC)
    assert Service.objects.get().name == "As we call it"
    taken([row(1, phone="01632960999", name="As they call it now")], JAN)
    home = Service.objects.get()
    assert (home.name, home.address) == ("As they call it now", "Round the back")


def test_what_is_not_listed_any_more_ended_the_day_before_and_may_come_back() -> None:
    taken([row(1), row(2)])
    report = taken([row(1)], DEC, "1 December 2026")
    assert report.differences.ended == 1
    gone = Service.objects.get(name="Service 2")
    assert gone.to_date == date(2026, 11, 30)
    assert Listing.objects.get(service=gone).listed_until == date(2026, 11, 30)
    assert changes(What.ENDED) == [("Service 2", "", "", "2026-11-30")]
    assert taken([row(1)], DEC, "1 December 2026").differences.nothing
    report = taken([row(1), row(2)], JAN, "1 January 2027")
    assert report.differences.returned == 1
    assert Service.objects.get(name="Service 2").to_date is None
    assert changes(What.RETURNED) == [("Service 2", "", "2026-11-30", "2027-01-01")]


def test_an_end_that_somebody_wrote_is_not_taken_back() -> None:
    taken([row(1), row(2)])
    Service.objects.filter(name="Service 2").update(to_date="2026-10-15")
    taken([row(1)], DEC)
    taken([row(1), row(2)], JAN)
    assert Service.objects.get(name="Service 2").to_date == date(2026, 10, 15)


def test_a_service_entered_by_hand_is_the_one_of_the_very_same_name_and_postcode() -> None:
    body = Body.objects.create(name="Meadow Care Limited", slug="meadow", nation="england")
    ours = Service.objects.create(name="service 1", postcode="LS1 4AB", provider=body)
    taken([row(1), row(2)])
    assert Listing.objects.get(number="1-1001").service == ours
    assert Service.objects.count() == 2
    assert Body.objects.count() == 1, "the provider is the body of that name"


def test_a_row_that_cannot_be_read_ends_nothing() -> None:
    taken([row(1), row(2), row(3)])
    report = taken([row(1), row(2, name="")], DEC)
    assert report.skipped_rows == 1
    assert report.spared == ["1-1002"]
    assert report.differences.ended == 1, "only number 3 has gone"
    report = taken([row(1), row(3)[:-1]], JAN)
    assert (report.unreadable, report.differences.ended) == (1, 0)
    assert "nothing was taken to have gone" in "\n".join(report.lines())


def test_half_a_file_is_refused_unless_somebody_says_that_many_have_gone() -> None:
    rows = [row(place) for place in range(200)]
    taken(rows)
    with pytest.raises(FileRefusedError, match=r"Of 200 services .* 100 are not in this file"):
        taken(rows[:100], DEC)
    assert not Listing.objects.exclude(listed_until=None).exists()
    assert Intake.objects.count() == 1
    taken(rows[:100], DEC, many_gone=True)
    assert Listing.objects.exclude(listed_until=None).count() == 100


def test_a_dry_run_tells_all_and_leaves_nothing() -> None:
    report = taken([row(1)], dry_run=True)
    assert report.differences.added == 1
    assert "would be added" in "\n".join(report.lines())
    assert not Service.objects.exists()
    assert not Body.objects.exists()
    assert not Intake.objects.exists()


def test_whatever_stops_it_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "take_ratings", broken)
    with pytest.raises(RuntimeError):
        taken([row(1)])
    for table in (Service, Body, Listing, Change, Intake, Staged):
        assert not table.objects.exists(), table


def test_rows_add_up_and_trouble_is_told_by_line() -> None:
    report = taken(
        [
            row(1),
            row(1, name="Twice"),
            row(2, name=""),
            row(3, number=""),
            row(4, postcode="XX"),
            row(5, check="31/02/2025"),
            [*row(6), "one more"],
        ]
    )
    assert report.rows_read == 7
    assert report.staged + report.duplicates.count + report.skipped_rows == report.rows_read
    assert report.duplicates.lines == [7]
    assert {why: seen.lines for why, seen in report.skipped.items()} == {
        "no name": [8],
        "no number": [9],
        "more cells than the 15 columns of the header": [12],
    }
    assert {what: seen.lines for what, seen in report.noted.items()} == {
        "the postcode is none": [10],
        "latest_check is no date such as 31/12/2026 and was left empty": [11],
    }


def test_a_missing_column_is_named_with_its_nearest() -> None:
    header = ["Nmae" if name == "Name" else name for name in HEADER]
    content = care_directory([row(1)]).replace(",".join(HEADER).encode(), ",".join(header).encode())
    mapping = find_mapping("cqc")
    with pytest.raises(FileRefusedError, match="“Name”; did you mean “Nmae”") as refused:
        import_directory(content, file_name="x.csv", mapping=mapping, by=None, as_of=NOV)
    assert refused.value.line == 5


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"a\0b", "zero byte"),
        (b"PK\x03\x04 no workbook", "workbook"),
        (b"What,is,this\n1,2,3\n", "None of the mappings"),
        (care_directory([]), "no row that can be taken"),
        (care_directory([row(1)]) + b'"open,', "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(content: bytes, says: str) -> None:
    with pytest.raises(FileRefusedError, match=says):
        import_directory(content, file_name="x.csv", by=None, as_of=NOV)
    assert not Intake.objects.exists()


def test_lines_in_another_encoding_are_read_and_told() -> None:
    content = care_directory([row(1), row(2, name="Caf")]).replace(b"Caf", b"Caf\xe9")
    report = import_directory(content, file_name="x.csv", by=None, as_of=NOV)
    assert Service.objects.filter(name="Café").exists()
    assert [seen.lines for seen in report.noted.values()] == [[7]]


def test_history_cannot_be_altered() -> None:
    taken([row(1)])
    for change in ("UPDATE directory_change SET after = ''", "DELETE FROM directory_change"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_a_file_looked_at_is_taken_as_it_was_looked_at() -> None:
    taken([row(1)])
    intake = Intake(file_name="next.csv", sent_at=DEC, state=State.READ)
    report = actions.look(intake, care_directory([row(1, name="Other")], "1 December 2026"))
    assert report.differences.changed == 1
    assert Service.objects.get().name == "Service 1"
    assert Staged.objects.count() == 1
    actions.put_aside(intake.pk)
    assert not Staged.objects.exists()
