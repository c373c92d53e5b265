"""The rooms of a meeting: prepared from what is open, run line by line, finished."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.models import Case
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.engine import Entry, Standing
from candour.people.models import User
from candour.web.forms.days import parts_in
from tests.support.casework import Town, add, open_at, to_ppm
from tests.support.meetings import attend, begin_part, call_ppm, finish, open_ppm
from tests.support.plans import ACTION
from tests.web.pages import main_of, part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
THERE = ("contracts_team", "health_board", "ciw")
MANY = 120


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case at PPM, with the meeting called."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T10:30")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    call_ppm(town, case)
    return case


def now_of(case: Case) -> Standing:
    with acting_for([case.body_id]):
        return standing(Case.objects.get(pk=case.pk))


def newest(case: Case, kind: str) -> Entry:
    return now_of(case).by_kind[kind][-1]


def room(case: Case, sitting: str) -> str:
    return f"/cases/{case.ref}/meetings/{sitting}/run/"


def send(browser: Client, address: str, do: str, **typed: Any) -> Any:
    return browser.post(address, {"do": do, "key": str(uuid4()), **typed})


def own(asked: CaptureQueriesContext) -> int:
    """Count what a page asks: the savepoint and the settings are there because a test is."""
    beside = ("SAVEPOINT", "set_config", "current_setting")
    return sum(not any(word in one["sql"] for word in beside) for one in asked)


def line(row: str, **boxes: str) -> dict[str, str]:
    return {f"{row}-key": str(uuid4()), **{f"{row}-{name}": text for name, text in boxes.items()}}


LOCK = {
    "action": "Lock the trolley between rounds",
    "outcome": "No medicine out of sight in twelve checks",
    "owner": "Gwen Lloyd",
    "due_on": "17 April",
}


# -- run -------------------------------------------------------------------------------------------


def test_a_line_is_noted_in_the_meeting_and_kept_from_the_provider(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    answer = send(
        signed_in(town.mari), room(case, sitting), "capture", **line("point", point="Two falls.")
    )
    assert answer["Location"].endswith("/run/?at=point")
    noted = newest(case, "point_noted")
    assert (noted.data["point"], noted.refers_to, noted.audience) == (
        "Two falls.",
        (sitting,),
        "members",
    )


def test_all_rows_that_are_filled_are_recorded_by_one_press_of_enter(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    attend(town, case, "10:05", THERE, took=THERE)
    rows = {**line("point", point="One."), **line("action", **LOCK)}
    answer = send(signed_in(town.mari), room(case, sitting), "capture", **rows)
    assert answer.status_code == 302
    added = newest(case, "action_added")
    assert (added.data["owner"], added.data["due_on"]) == ("Gwen Lloyd", "2026-04-17")
    assert newest(case, "point_noted").data["point"] == "One."


def test_a_row_that_is_not_complete_comes_back_as_typed_and_the_others_are_kept(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    half = {"action": "Lock the trolley", "owner": "Gwen & Co", "outcome": "", "due_on": "soon"}
    rows = {**line("point", point="Two falls."), **line("action", **half)}
    answer = send(signed_in(town.mari), room(case, sitting), "capture", **rows)
    assert answer.status_code == 422
    page = main_of(answer)
    assert 'value="Lock the trolley"' in page
    assert 'value="soon"' in page
    assert "Measurable outcome: fill this in" in page
    assert "must include a month and a year" in page
    assert "Two falls." in text_of(part(answer, "recorded"))
    assert 'name="point-point" type="text" value=""' in page
    assert "owner=Gwen+%26+Co" in page  # the whole form, filled in with the same
    assert "action_added" not in now_of(case).by_kind


def test_what_the_procedure_refuses_says_why_and_loses_nothing(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    row = line("decision", decision="immediate_mitigation", reason="Two have no call bell.")
    answer = send(signed_in(town.mari), room(case, sitting), "capture", **row)
    assert answer.status_code == 422
    page = read(answer)
    assert "does not have its quorum" in page
    assert "Two have no call bell." in main_of(answer)
    assert "Open the whole form with what you typed" in page


def test_a_decision_is_recorded_in_the_post_that_may_make_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    attend(town, case, "10:05", THERE, took=THERE)
    row = line("decision", decision="immediate_mitigation", reason="Two have no call bell.")
    answer = send(signed_in(town.mari), room(case, sitting), "capture", **row)
    assert answer.status_code == 302, read(answer)
    assert newest(case, "decision_made").refers_to == (sitting,)


def test_the_same_line_sent_twice_is_recorded_once(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    row = line("point", point="Two falls.")
    browser = signed_in(town.mari)
    for _time in range(2):
        assert send(browser, room(case, sitting), "capture", **row).status_code == 302
    assert len(now_of(case).by_kind["point_noted"]) == 1


def test_lines_of_two_people_at_once_are_both_recorded(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    pages = [signed_in(who).get(room(case, sitting)) for who in (town.mari, town.ieuan)]
    assert all(page.status_code == 200 for page in pages)
    for who, words in ((town.mari, "One."), (town.ieuan, "Two.")):
        answer = send(signed_in(who), room(case, sitting), "capture", **line("point", point=words))
        assert answer.status_code == 302
    assert [e.data["point"] for e in now_of(case).by_kind["point_noted"]] == ["One.", "Two."]


def test_two_people_take_attendance_at_once_and_neither_is_lost(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    seats = {"seat-contracts_team": "there", "who-contracts_team": "Mari Rees", "seen": ""}
    one = {**seats, "took-contracts_team": "yes", "others": "Jane Roe, note taker"}
    send(signed_in(town.mari), room(case, sitting), "attendance", **one)
    # Ieuan opened the page before Mari sent hers: his own knows nothing of it.
    two = {"seat-health_board": "there", "seat-ciw": "apologies", "seen": "", "others": ""}
    send(signed_in(town.ieuan), room(case, sitting), "attendance", **two)
    taken = newest(case, "attendance_taken").data
    assert taken["present"] == ["contracts_team", "health_board"]
    assert taken["apologies"] == ["ciw"]
    assert taken["acknowledged"] == ["contracts_team"]
    assert taken["people"] == ["Contracts team: Mari Rees", "Health board", "Jane Roe, note taker"]


def test_who_leaves_is_taken_out_and_the_table_is_filled_in_from_the_last_time(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    browser = signed_in(town.mari)
    seats = {"seat-contracts_team": "there", "who-contracts_team": "Mari: lead", "seen": ""}
    send(browser, room(case, sitting), "attendance", **seats, **{"seat-ciw": "there"})
    page = main_of(browser.get(room(case, sitting)))
    seen = newest(case, "attendance_taken").id
    assert f'name="seen" value="{seen}"' in page
    assert 'value="Mari: lead"' in page
    again = {**seats, "seen": seen, "seat-ciw": ""}
    send(browser, room(case, sitting), "attendance", **again)
    assert newest(case, "attendance_taken").data["present"] == ["contracts_team"]


def test_nobody_at_the_table_is_no_attendance(town: Town, case: Case, signed_in: Browser) -> None:
    sitting = open_ppm(town, case)
    typed = {"seen": "", "seat-ciw": "apologies"}
    answer = send(signed_in(town.mari), room(case, sitting), "attendance", **typed)
    assert answer.status_code == 422
    assert "Who is there" in text_of(answer.content.decode())
    assert "attendance_taken" not in now_of(case).by_kind


def test_the_provider_is_at_the_table_in_its_own_part_only(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    browser = signed_in(town.mari)
    assert "seat-responsible_individual" not in main_of(browser.get(room(case, sitting)))
    answer = send(browser, room(case, sitting), "part", part="with_provider")
    assert answer.status_code == 302
    page = browser.get(room(case, sitting))
    assert "What is recorded now may be shown to the provider." in read(page)
    assert "seat-responsible_individual" in main_of(page)


def test_those_that_are_there_are_called_on_to_rate_and_the_room_shows_who_has(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    attend(town, case, "10:05", THERE, took=THERE)
    browser = signed_in(town.mari)
    assert "Call for ratings" in read(browser.get(room(case, sitting)))
    assert send(browser, room(case, sitting), "ratings").status_code == 302
    called = newest(case, "ratings_called")
    assert called.data["agencies"] == [
        "Contracts team",
        "Health board",
        "Care Inspectorate Wales (CIW)",
    ]
    assert called.audience == "members"
    rating = text_of(part(browser.get(room(case, sitting)), "ratings"))
    assert "0 of 3 have rated" in rating
    assert "Rate for your agency" in rating


def test_ratings_are_called_for_once_whoever_presses_too(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    attend(town, case, "10:05", THERE, took=THERE)
    for who in (town.mari, town.ieuan):
        assert send(signed_in(who), room(case, sitting), "ratings").status_code == 302
    assert len(now_of(case).by_kind["ratings_called"]) == 1


def test_a_page_that_shows_everything_gets_nothing_new(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = open_ppm(town, case)
    browser = signed_in(town.mari)
    seen = f"{len(now_of(case).recorded)}-30"
    asked = {"HX-Request": "true"}
    page = room(case, sitting)
    assert browser.get(f"{page}?seen={seen}", headers=asked).status_code == 204
    assert browser.get(f"{page}?seen={seen}").status_code == 200  # a person who follows the address
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T10:31")
    assert browser.get(f"{page}?seen={seen}", headers=asked).status_code == 200


def test_the_clock_says_how_long_and_when_the_provider_joins(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = {
        "meeting": "ppm",
        "meets_on": "2026-03-30",
        "starts_at": "10:00",
        "ends_at": "12:00",
        "provider_from": "11:15",
        "invited": ["Health board: Idris Vaughan <idris@uhb.example>"],
        "agencies_invited": ["health_board"],
        "responsible_individual_invited": True,
    }
    add(town, case, "meeting_called", "2026-03-20T12:00", called)
    sitting = open_ppm(town, case)
    browser = signed_in(town.mari)
    page = browser.get(room(case, sitting))
    words = read(page)
    assert "Open for 30 minutes" in words
    assert "Provider joins at 11:15am in 45 minutes" in words
    assert "Ends at 12pm in 1 h 30 min" in words
    assert 'aria-label="Open for: 30 minutes;' in main_of(page)
    assert 'value="Idris Vaughan"' in main_of(page)  # the call names who comes for the board
    begin_part(town, case, "with_provider", "11:20")
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T12:05")
    late = read(browser.get(room(case, sitting)))
    assert "With the provider 45 minutes" in late
    assert "Ends at 12pm 5 minutes ago" in late
    assert "Over time" in late


def test_each_heading_has_its_own_time_from_when_it_was_taken_up(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting, browser = open_ppm(town, case), signed_in(town.mari)
    address = room(case, sitting)
    first, second = (f"{each.id}" for each in now_of(case).procedure.meetings["ppm"].agenda[:2])
    assert send(browser, address, "heading", heading=first).status_code == 302
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T10:42")
    agenda = text_of(part(browser.get(address), "agenda"))
    assert "Now · 12 minutes" in agenda
    for wrong in (first, "no-such-heading", ""):  # at it already, and none of this meeting's
        send(browser, address, "heading", heading=wrong)
    assert len(now_of(case).by_kind["heading_taken_up"]) == 1
    send(browser, address, "heading", heading=second)
    agenda = text_of(part(browser.get(address), "agenda"))
    assert "12 minutes Take up" in agenda  # the first can be gone back to
    assert "Now · 0 minutes" in agenda
    assert newest(case, "heading_taken_up").data["title"] in agenda
    # What is taken up is no line of the record.
    assert "Heading taken up" not in text_of(part(browser.get(address), "recorded"))


def test_the_points_of_the_agenda_lead_to_what_they_are_about(
    town: Town, case: Case, signed_in: Browser
) -> None:
    added = add(town, case, "action_added", "2026-03-20T12:00", {**ACTION, "plan": "cap"})
    sitting = open_ppm(town, case)
    agenda = part(signed_in(town.mari).get(room(case, sitting)), "agenda")
    assert f'href="/cases/{case.ref}/?show=all#entry-{added.entry.id}"' in agenda
    concern = newest(case, "concern_raised").id
    assert f'href="/cases/{case.ref}/?show=all#entry-{concern}"' in agenda


def test_the_disclaimer_stands_where_part_two_begins_until_each_has_taken_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting, browser = open_ppm(town, case), signed_in(town.mari)
    attend(town, case, "10:05", THERE, took=THERE[:1])
    opened = '<details class="govuk-details app-room__read" id="disclaimer" open>'
    page = main_of(browser.get(room(case, sitting)))
    assert 'id="disclaimer">' in page  # at hand in part one, and folded
    begin_part(town, case, "with_provider", "10:20")
    page = main_of(browser.get(room(case, sitting)))
    assert opened in page
    assert "This meeting is confidential." in page
    assert "☐ Read out by" in page
    attend(town, case, "10:25", THERE, took=THERE)
    assert opened not in main_of(browser.get(room(case, sitting)))
    browser.cookies["candour_language"] = "cy"
    assert "Mae’r cyfarfod hwn yn gyfrinachol" in main_of(browser.get(room(case, sitting)))


def test_what_is_made_of_a_line_belongs_to_its_meeting_and_its_moment(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    noted = {"point": "Lock the trolley between rounds."}
    point = add(town, case, "point_noted", "2026-03-30T10:12", noted, refers_to=(sitting,))
    browser = signed_in(town.mari)
    page = part(browser.get(room(case, sitting)), "recorded")
    assert "Make it a decision" in page
    made = f"/cases/{case.ref}/record/action_added/?refers={point.entry.id}"
    form = main_of(browser.get(f"{made}&action=Lock"))
    for about in (point.entry.id, sitting):
        assert f'value="{about}" checked' in form
    assert 'value="10:12"' in form
    entry = {**ACTION, "action": "Lock the trolley between rounds."}
    both = (sitting, point.entry.id)
    add(town, case, "action_added", "2026-03-30T10:20", entry, refers_to=both)
    assert "Make it a decision" not in part(browser.get(room(case, sitting)), "recorded")


def test_the_room_takes_few_queries_however_much_was_captured(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    attend(town, case, "10:05", THERE, took=THERE)
    for number in range(MANY):
        noted = {"point": f"Point {number}"}
        add(town, case, "point_noted", "2026-03-30T10:10", noted, refers_to=(sitting,))
    browser = signed_in(town.mari)
    for page in (room(case, sitting), room(case, sitting).replace("run", "finish")):
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert f"Point {MANY - 1}" in read(browser.get(page))
        assert own(asked) <= 10, page


# -- prepare ---------------------------------------------------------------------------------------


def test_preparing_shows_the_agenda_who_comes_and_what_is_known_of_the_service(
    town: Town, case: Case, signed_in: Browser
) -> None:
    add(town, case, "action_added", "2026-03-20T12:00", {**ACTION, "plan": "cap"})
    other = open_at(town, "2026-02-02T09:00", {"title": "Medicines"}, service=town.hospital)
    browser = signed_in(town.mari)
    page = browser.get(f"/cases/{case.ref}/meetings/to-come/ppm/")
    words = read(page)
    assert "Prepare: Provider Performance Meeting (PPM)" in words
    assert "Called for Mon 30 Mar 2026." in words
    assert "Data-protection disclaimer, acknowledged by each" in words
    assert "due: 1" in text_of(part(page, "known"))
    assert "No rating is agreed yet." in words
    assert "None that you may see." in words or other.ref in words
    assert "Open the meeting" in words


def test_only_a_meeting_to_come_is_prepared(town: Town, case: Case, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    assert browser.get(f"/cases/{case.ref}/meetings/to-come/nothing/").status_code == 404
    open_ppm(town, case)
    assert browser.get(f"/cases/{case.ref}/meetings/to-come/ppm/").status_code == 404


def test_preparing_takes_few_queries(town: Town, case: Case, signed_in: Browser) -> None:
    for _number in range(3):
        add(town, case, "action_added", "2026-03-20T12:00", {**ACTION, "plan": "cap"})
    browser = signed_in(town.mari)
    address = f"/cases/{case.ref}/meetings/to-come/ppm/"
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    assert own(asked) <= 10


# -- finish ----------------------------------------------------------------------------------------


def test_the_record_is_filled_in_from_what_was_captured(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    attend(town, case, "10:05", THERE, took=THERE)
    begin_part(town, case, "with_provider", "10:15")
    page = signed_in(town.mari).get(f"/cases/{case.ref}/meetings/{sitting}/finish/")
    form = main_of(page)
    assert f'action="/cases/{case.ref}/record/meeting_held/"' in form
    assert f'value="{sitting}" checked' in form
    assert 'type="hidden" name="meeting" value="ppm"' in form
    assert "Role of the chair (optional)" not in form
    assert form.index("Role of the chair") < form.index("Agencies attending")
    assert "Contracts team\nHealth board\nCare Inspectorate Wales (CIW)" in form
    for name in ("provider_attended", "disclaimer_read"):
        box = form.split(f'name="{name}"')[1]
        assert 'value="yes" checked' in box.split(">")[0], name


def test_after_it_the_clocks_run_and_each_paper_names_its_readers(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    attend(town, case, "10:05", THERE, took=THERE)
    finish(town, case, "10:25")
    browser = signed_in(town.mari)
    page = browser.get(f"/cases/{case.ref}/meetings/{sitting}/run/", follow=True)
    assert page.redirect_chain[-1][0].endswith("/finish/")
    clocks = text_of(part(page, "clocks"))
    assert "Decisions and actions of the PPM" in clocks
    assert "Tue 31 Mar 2026" in clocks
    assert "Mon 13 Apr 2026" in clocks
    papers = text_of(part(page, "papers"))
    assert "The agencies alone, never the provider" in papers
    assert "The provider: never what was said in the members’ part" in papers
    assert "Health board" in papers
    assert "Not sent yet" in papers
    sent = {"part": "decisions", "copy": "members", "to": ["Health board"]}
    held = newest(case, "meeting_held").id
    add(town, case, "minutes_circulated", "2026-03-30T10:28", sent, refers_to=(held,))
    again = text_of(part(browser.get(page.redirect_chain[-1][0]), "papers"))
    assert "Sent Mon 30 Mar 2026" in again


def test_finishing_takes_few_queries(town: Town, case: Case, signed_in: Browser) -> None:
    sitting = open_ppm(town, case)
    attend(town, case, "10:05", THERE, took=THERE)
    finish(town, case, "10:25")
    browser = signed_in(town.mari)
    address = f"/cases/{case.ref}/meetings/{sitting}/finish/"
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    assert own(asked) <= 10


# -- days in one box -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "today", "parts"),
    [
        ("10 April", "2026-03-30", ("10", "April", "2026")),
        ("30/3", "2026-03-30", ("30", "3", "2026")),
        ("29/3", "2026-03-30", ("29", "3", "2027")),
        ("Fri 10/4/26", "2026-03-30", ("10", "4", "2026")),
        ("2026-04-10", "2026-03-30", ("10", "04", "2026")),
        ("29 February", "2026-03-30", ("29", "February", "2028")),
        ("31 June", "2026-03-30", ("31", "June", "2026")),
        ("soon", "2026-03-30", ("soon", "", "")),
        ("", "2026-03-30", ("", "", "")),
    ],
)
def test_a_day_typed_in_one_box(typed: str, today: str, parts: tuple[str, str, str]) -> None:
    found = parts_in(typed, date.fromisoformat(today))
    assert (found["day"], found["month"], found["year"]) == parts
