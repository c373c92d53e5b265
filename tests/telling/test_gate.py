"""What keeps machines out: counted in memory, and nobody shut out for good."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from candour.telling.drafts import begun_here, new_secret
from candour.telling.gate import Gate, Limits, Verdict
from candour.telling.puzzles import Puzzle, begins_with_zeros, opened_at, solved, stamp
from candour.web import limiting, tell_gate
from tests.support.casework import Town
from tests.telling.conftest import Filling

AT = datetime(2026, 3, 30, 8, tzinfo=UTC)


def worked_out(written: str) -> str:
    tried = 0
    while not begins_with_zeros(hashlib.sha256(f"{written}.{tried}".encode()).digest()):
        tried += 1
    return str(tried)


def test_one_sender_waits_after_a_minute_s_worth_and_others_do_not() -> None:
    gate = Gate(Limits(a_minute=3))
    assert [gate.sends("one", "", 0.0) for _ in range(4)] == [*[Verdict.PASS] * 3, Verdict.WAIT]
    assert gate.sends("other", "", 0.0) is Verdict.PASS
    assert gate.sends("one", "", 20.0) is Verdict.PASS
    assert gate.sends("one", "", 20.0) is Verdict.WAIT


def test_a_page_of_a_form_begun_here_weighs_a_tenth_until_no_person_could_send_so_many() -> None:
    gate = Gate(Limits(site_a_second=10, pages_a_minute=20))
    for number in range(400):  # of twenty people: forty forms in these seconds
        gate.sends("", f"browser {number % 20}", number / 100, begun=True)
    assert not gate.attacked(4.0)
    for number in range(100):
        gate.sends("", "browser 0", 4 + number / 1000, begun=True)
    assert gate.attacked(4.2)


def test_far_more_than_people_write_asks_everybody_for_work_until_it_is_calm() -> None:
    gate = Gate(Limits(site_a_second=10))
    verdicts = [gate.sends("", "", n / 100) for n in range(60)]
    assert verdicts[0] is Verdict.PASS
    assert verdicts[-1] is Verdict.PROVE
    assert gate.sends("", "", 120.0) is Verdict.PASS


def test_what_a_machine_must_have_sent_counts_several_times() -> None:
    gate = Gate(Limits(site_a_second=10, bad=10))
    for _ in range(6):
        gate.sends("", "", 1.0)
        gate.was_bad(1.0)
    assert gate.attacked(1.0)


def test_work_lets_its_browser_pass_for_a_while_and_counts_once() -> None:
    gate = Gate(Limits(site_a_second=0, posts_for_work=2))
    assert gate.sends("", "mine", 1.0) is Verdict.PROVE
    assert gate.worked("puzzle", "mine", 1.0)
    assert not gate.worked("puzzle", "yours", 1.0)
    verdicts = [gate.sends("", "mine", 2.0) for _ in range(3)]
    assert verdicts == [Verdict.PASS, Verdict.PASS, Verdict.PROVE]
    assert gate.sends("", "yours", 2.0) is Verdict.PROVE


def test_a_puzzle_is_solved_by_trying_or_by_adding_after_a_wait() -> None:
    puzzle = Puzzle.new(AT)
    written, right = puzzle.written, str(puzzle.first + puzzle.second)
    assert solved(written, worked_out(written), "", AT)
    assert not solved(written, "", right, AT + timedelta(seconds=1))
    assert solved(written, "", right, AT + timedelta(seconds=5))
    assert not solved(written, "", right, AT + timedelta(hours=1))
    assert not solved(written, "", "99", AT + timedelta(seconds=5))


@pytest.mark.parametrize("written", ["", "1.2.3.4.5", "....", "1774857600.1.1.a.b"])
def test_a_puzzle_that_is_none_of_ours_is_not_solved(written: str) -> None:
    assert not solved(written, "0", "2", AT)


def test_a_stamp_says_when_and_cannot_be_made_up() -> None:
    assert opened_at(stamp(AT)) == int(AT.timestamp())
    assert opened_at("1774857600.0") is None
    assert opened_at("") is None


def test_under_attack_nothing_is_asked_of_the_database(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tell_gate, "gate", Gate(Limits(site_a_second=0)))
    client = Client()
    client.cookies["candour_session"] = "made-up"
    with CaptureQueriesContext(connection) as asked:
        answer = client.post("/tell/ely/en/", {"danger": "no", "website": ""})
    assert answer.status_code == 429
    assert not asked.captured_queries
    assert 'name="danger" value="no"' in answer.content.decode()


def test_who_does_the_work_gets_through_with_what_they_typed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tell_gate, "gate", Gate(Limits(site_a_second=0)))
    page = Client().post("/tell/ely/en/", {"danger": "no"}).content.decode()
    puzzle = page.split('name="puzzle" value="')[1].split('"')[0]
    typed = {"danger": "no", "puzzle": puzzle, "found": worked_out(puzzle)}
    answer = Client().post("/tell/ely/en/", typed)
    assert answer["Location"] == "/tell/ely/en/what/"
    assert Client().post("/tell/ely/en/", typed).status_code == 429


def test_many_links_ask_for_a_little_work(filling: Filling) -> None:
    links = "Buy at https://a.example https://b.example https://c.example"
    with pytest.raises(KeyError):
        filling.all(what={"what": links})
    assert filling.send("check").status_code == 429


def test_the_secret_of_a_draft_says_that_it_is_of_this_site() -> None:
    secret = new_secret()
    assert begun_here(secret)
    for other in ("", "made-up", "made-up.0123456789abcdef", secret[:-1], f"x{secret}", "ß" * 60):
        assert not begun_here(other)


def test_no_address_is_kept_and_a_household_is_one_sender() -> None:
    def of(address: str) -> str:
        return limiting.sender(RequestFactory().post("/tell/", REMOTE_ADDR=address))

    assert of("81.2.69.142") != of("81.2.69.143")
    assert of("2a00:23c4:8d01:1::5") == of("2a00:23c4:8d01:1:aaaa::9")
    assert of("2a00:23c4:8d01:1::5") != of("2a00:23c4:8d01:2::5")
    assert "81.2" not in of("81.2.69.142")
    assert of("127.0.0.1") == of("10.0.0.7") == ""


def test_the_same_sender_is_another_tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory().post("/tell/", REMOTE_ADDR="81.2.69.142")
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T09:00")
    today = limiting.sender(request)
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T09:00")
    assert limiting.sender(request) != today
