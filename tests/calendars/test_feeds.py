"""A calendar subscribed to, and read back as a calendar program reads it."""

from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from candour.calendars.feed_files import LONGEST_LINE, Shown, feed_file
from candour.calendars.feeds import make_feed, revoke_feed
from candour.calendars.models import CalendarFeed, MeetingsShown
from candour.cases.models import CaseDuty
from candour.database.row_security import acting_for
from candour.people.models import Post, User
from tests.support.casework import Town, hold_ppm, london, open_at, to_ppm
from tests.support.invitations import call, case_at_ppm, look

pytestmark = pytest.mark.django_db
NOW = "2026-03-31T09:00"


@pytest.fixture
def owing(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town on the day after a PPM, whose chair, Ieuan, owes its decisions."""
    monkeypatch.setenv("CANDOUR_NOW", NOW)
    case = open_at(town, "2026-03-10T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return town


def subscribe(user: User, meetings: str = MeetingsShown.ALL) -> str:
    with acting_for([], person=user.pk):
        return f"/calendar/{make_feed(user, meetings, london(NOW))}.ics"


def events(address: str) -> list[dict[str, object]]:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return [
        {
            "summary": str(event["SUMMARY"]),
            "start": event.start,
            "end": event.end,
            "url": str(event["URL"]),
            "uid": str(event["UID"]),
        }
        for event in calendar.events
    ]


def test_what_is_due_stands_on_its_day_by_case_and_duty_and_names_nobody(owing: Town) -> None:
    found = events(subscribe(owing.ieuan))
    first = found[0]
    assert first["summary"] == (
        "Due: Decisions and actions of the PPM, to all commissioning authorities (CV-2026-0001)"
    )
    assert (first["start"], first["end"]) == (date(2026, 3, 31), date(2026, 4, 1))
    assert first["url"] == "http://testserver/cases/CV-2026-0001/#due"
    text = Client().get(subscribe(owing.ieuan)).content.decode()
    for canary in ("Falls at night", "Plas Derwen", "Registered manager", "Ieuan"):
        assert canary not in text


def test_it_shows_what_the_person_s_posts_owe_and_no_more(owing: Town) -> None:
    assert events(subscribe(owing.ieuan))
    assert not [e for e in events(subscribe(owing.sam)) if "CV-" in str(e["summary"])]
    assert events(subscribe(owing.olwen)) == []
    assert events(subscribe(owing.dilys)) == []
    mine = subscribe(owing.ieuan)
    Post.objects.filter(user=owing.ieuan).update(to_date="2026-03-30")
    assert events(mine) == []


def test_what_somebody_who_left_owed_is_in_the_lead_s_calendar(owing: Town) -> None:
    address = subscribe(owing.mari)
    assert not any("Decisions" in str(e["summary"]) for e in events(address))
    Post.objects.filter(user=owing.ieuan).update(to_date="2026-03-30")
    assert any("Decisions" in str(e["summary"]) for e in events(address))


def test_revoked_replaced_or_invented_an_address_answers_nothing(owing: Town) -> None:
    first = subscribe(owing.ieuan)
    second = subscribe(owing.ieuan)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    with acting_for([], person=owing.ieuan.pk):
        assert revoke_feed(owing.ieuan, london(NOW))
        assert not revoke_feed(owing.ieuan, london(NOW))
    assert Client().get(second).status_code == 404
    assert Client().get("/calendar/invented.ics").status_code == 404


def test_somebody_who_may_not_sign_in_has_no_calendar_either(owing: Town) -> None:
    address = subscribe(owing.ieuan)
    User.objects.filter(pk=owing.ieuan.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_only_a_hash_of_the_secret_is_kept_and_nobody_else_sees_that(owing: Town) -> None:
    secret = subscribe(owing.ieuan).removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) >= 43
    with acting_for([], person=owing.mari.pk):
        assert not CalendarFeed.objects.exists()
    with acting_for([], person=owing.ieuan.pk):
        kept = CalendarFeed.objects.get()
        assert secret.encode() not in bytes(kept.secret_hash)
        assert len(bytes(kept.secret_hash)) == 32


def test_an_unchanged_feed_is_not_sent_again(owing: Town) -> None:
    address = subscribe(owing.ieuan)
    first = Client().get(address)
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in first["Cache-Control"]
    weak = Client().get(address, headers={"if-none-match": f'"x", W/{first["ETag"]}'})
    assert weak.status_code == 304
    with acting_for([owing.council.pk]):
        CaseDuty.objects.filter(owner_role="chair").update(due_on=date(2026, 4, 2))
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_thousands_of_duties_are_few_queries_and_quick(owing: Town) -> None:
    with acting_for([owing.council.pk]):
        one = CaseDuty.objects.filter(owner_role="chair", state="open")[0]
        fields = {f.attname: getattr(one, f.attname) for f in CaseDuty._meta.concrete_fields}
        for name in ("id", "sorts_at"):
            fields.pop(name)
        CaseDuty.objects.bulk_create(
            CaseDuty(**{**fields, "key": f"many:{n}"}) for n in range(4_000)
        )
    address = subscribe(owing.ieuan)
    Client().get(address)
    began = process_time()
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(address)
    assert process_time() - began < 1.5
    assert len(asked) <= 10
    assert len(Calendar.from_ical(answer.content).events) > 4_000


def test_meetings_are_shown_at_their_time_and_only_those_chosen(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-12T11:00")
    case = case_at_ppm(town)
    call(town, case, invited=["Ieuan <ieuan@staff.example>"])
    look(town, "2026-03-12T10:01")
    (meeting,) = (e for e in events(subscribe(town.mari)) if "(PPM)" in str(e["summary"]))
    assert meeting["start"] == datetime(2026, 3, 30, 12, tzinfo=UTC)
    assert meeting["end"] == datetime(2026, 3, 30, 15, 30, tzinfo=UTC)
    assert meeting["url"] == f"http://testserver/cases/{case.ref}/meetings/"

    def number(user: User, shown: str) -> int:
        found = events(subscribe(user, shown))
        return sum("Provider Performance" in str(e["summary"]) for e in found)

    assert number(town.mari, MeetingsShown.MINE) == 0
    assert number(town.ieuan, MeetingsShown.MINE) == 1
    assert number(town.ieuan, MeetingsShown.NONE) == 0
    assert number(town.olwen, MeetingsShown.ALL) == 0


def test_it_is_written_in_the_person_s_language(owing: Town) -> None:
    User.objects.filter(pk=owing.ieuan.pk).update(language="cy")
    found = events(subscribe(owing.ieuan))
    assert str(found[0]["summary"]).startswith("Yn ddyledus: Penderfyniadau")


@given(
    st.lists(
        st.builds(
            Shown,
            uid=st.uuids().map(lambda uid: f"{uid}@here.example"),
            summary=st.text(max_size=300),
            address=st.just("https://here.example/cases/CV-2026-0001/"),
            day=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
            changed_at=st.just(datetime(2026, 3, 1, tzinfo=UTC)),
            place=st.text(max_size=100),
        ),
        max_size=5,
    )
)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_it_a_feed_reads_back(shown: list[Shown]) -> None:
    written = feed_file("Candour", shown)
    assert all(len(line) <= LONGEST_LINE for line in written.split(b"\r\n"))
    for before, after in zip(shown, Calendar.from_ical(written).events, strict=True):
        plain = "".join(c for c in before.summary if c == "\n" or c.isprintable())
        assert str(after["SUMMARY"]) == plain
        assert (after.start, after.end) == (before.day, before.day + timedelta(days=1))


def test_29_february_and_the_days_the_clocks_change_last_one_day() -> None:
    changed = datetime(2028, 1, 1, tzinfo=UTC)
    days = [date(2028, 2, 29), date(2028, 3, 26), date(2028, 10, 29)]
    shown = [Shown(f"{day}@x", "Due", "https://x.example/", day, changed) for day in days]
    read = Calendar.from_ical(feed_file("Candour", shown)).events
    assert [event.end - event.start for event in read] == [timedelta(days=1)] * 3
    assert [event.start for event in read] == days
