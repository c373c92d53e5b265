"""Registers that a body publishes: what somebody published, while the register is open."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pypdf import PdfReader

from candour.database.row_security import acting_for
from candour.engine import Standing
from candour.mail.models import MailMessage
from candour.people.models import User
from candour.publishing.lines import lines_of
from candour.publishing.models import PublishedLine, Register, RegisterSwitch, Representative
from candour.publishing.queries import public_register
from tests.support.casework import Town, london
from tests.support.signatures import Derbyshire, in_derbyshire, tell
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SLUG = "ely"
DECISION = {
    "decision": "report_or_recommendation",
    "consulted_roles": ["chair"],
    "reason": "=Two answers avoided the question of night staff.",
}
REPORTING = {"move": "to_report", "step": "report"}
ASKED = {
    "to": "Ely Hospitals Trust",
    "tier": "provider",
    "about": ["safety"],
    "response_basis": "statutory",
    "recipient_kind": "nhs_trust",
    "received_on": "2026-03-30",
    "what_is_asked": "Two nurses on every night.",
}


@pytest.fixture
def made(town: Town, monkeypatch: pytest.MonkeyPatch) -> Derbyshire:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-30T11:00")
    cache.clear()
    return in_derbyshire(town)


def opened(browser: Client, made: Derbyshire, *registers: str) -> None:
    for register in registers:
        sent = {"press": "open", "body": made.case.body_id, "register": register}
        assert browser.post("/publishing/", sent).status_code == 302


def decided(made: Derbyshire, **more: Any) -> str:
    data = {**DECISION, **more}
    return tell(made, "decision_made", "2026-03-30T10:00", data, role="chief_executive").entry.id


def published(browser: Client, made: Derbyshire, *subjects: str, nobody: str = "yes") -> Any:
    sent = {"press": "publish", "line": subjects, "nobody": nobody}
    return browser.post(f"/cases/{made.case.ref}/publishing/", sent)


def offered(made: Derbyshire) -> list[Any]:
    return lines_of(made.standing())


def test_nothing_is_public_until_the_register_is_open_and_the_line_published(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam, anybody = signed_in(made.town.sam), Client()
    decision = decided(made)
    place = f"/public/{SLUG}/decisions/"
    assert anybody.get(place).status_code == 404

    opened(sam, made, "decisions")
    assert "Nothing has been published yet" in read(anybody.get(place))
    assert published(sam, made, decision).status_code == 302
    page = anybody.get(place)
    told = read(page)
    assert "Two answers avoided the question of night staff." in told
    assert "Chief executive" in told
    assert "Consulted Chair" in told
    assert made.case.ref not in told
    assert made.case.title not in told
    assert page["Cache-Control"] == "public, max-age=300"

    sam.post("/publishing/", {"press": "close", "body": made.case.body_id, "register": "decisions"})
    assert anybody.get(place).status_code == 404


def test_the_three_forms_say_the_same(made: Derbyshire, signed_in: Browser) -> None:
    sam, anybody = signed_in(made.town.sam), Client()
    opened(sam, made, "decisions")
    published(sam, made, decided(made))
    place = f"/public/{SLUG}/decisions/"

    answer = anybody.get(f"{place}register.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Decision", "Decided on", "Reason"]
    assert rows[1][1] == "2026-03-30"
    assert rows[1][2] == "'=Two answers avoided the question of night staff."
    file = anybody.get(f"{place}register.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    assert "night staff" in " ".join(text.split())
    assert "/StructTreeRoot" in PdfReader(io.BytesIO(file.content)).root_object


def test_it_reads_in_welsh_too(made: Derbyshire, signed_in: Browser) -> None:
    sam, anybody = signed_in(made.town.sam), Client()
    opened(sam, made, "decisions")
    published(sam, made, decided(made))
    anybody.cookies["candour_language"] = "cy"
    page = anybody.get(f"/public/{SLUG}/decisions/")
    assert "Prif weithredwr" in read(page)
    assert "Chief executive" not in read(page)


def test_what_is_published_is_what_somebody_looked_at(made: Derbyshire, signed_in: Browser) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "decisions")
    decision = decided(made)
    assert "Say that nobody" in read(published(sam, made, decision, nobody=""))
    assert "Choose at least one line" in read(published(sam, made))
    published(sam, made, decision)
    published(sam, made, decision)
    with made.at_work():
        assert PublishedLine.objects.count() == 1

    changes = {"reason": "Two answers avoided the question."}
    data = {"why": "Said more plainly.", "changes": changes}
    tell(made, "correction_made", "2026-03-31T10:00", data, refers_to=(decision,))
    page = read(sam.get(f"/cases/{made.case.ref}/publishing/"))
    assert "it reads otherwise now" in page
    assert "night staff" in read(Client().get(f"/public/{SLUG}/decisions/"))
    published(sam, made, decision)
    assert "night staff" not in read(Client().get(f"/public/{SLUG}/decisions/"))


def test_a_line_is_taken_down_with_a_reason_and_its_past_is_kept(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "decisions")
    decision = decided(made)
    published(sam, made, decision)
    place = f"/cases/{made.case.ref}/publishing/"
    sent = {"press": "take_down", "subject": decision}
    assert "Say why it is taken down" in read(sam.post(place, sent))
    sam.post(place, {**sent, "reason": "A name slipped in."})
    assert "night staff" not in read(Client().get(f"/public/{SLUG}/decisions/"))
    with made.at_work():
        assert [line.shown for line in PublishedLine.objects.order_by("pk")] == [True, False]


def test_a_line_that_names_whoever_spoke_is_held_back(made: Derbyshire, signed_in: Browser) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "decisions")
    told = {"purpose": "provider", "with_whom": "Blodwen Tudor"}
    tell(made, "contact_made", "2026-03-30T09:00", told)
    decision = decided(made, reason="After what blodwen  tudor told us.")
    page = read(sam.get(f"/cases/{made.case.ref}/publishing/"))
    assert "under which somebody who spoke to us is in the record" in page
    published(sam, made, decision)
    assert "tudor" not in read(Client().get(f"/public/{SLUG}/decisions/")).casefold()


def test_what_is_withheld_from_anybody_is_not_for_everybody(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "decisions")
    decision = decided(made)
    data = {
        "what": "Why we decided it",
        "from_whom": ["The trust"],
        "recipients": ["provider"],
        "reason": "It would put a witness at risk.",
    }
    tell(made, "information_withheld", "2026-03-30T11:00", data, refers_to=(decision,))
    assert "withheld from somebody" in read(sam.get(f"/cases/{made.case.ref}/publishing/"))
    published(sam, made, decision)
    assert "night staff" not in read(Client().get(f"/public/{SLUG}/decisions/"))


def test_every_line_has_a_page_of_its_own_that_the_register_leads_to(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam, anybody = signed_in(made.town.sam), Client()
    opened(sam, made, "decisions")
    first, second = decided(made), decided(made, reason="Another ward was looked at.")
    published(sam, made, first, second)
    place = f"/public/{SLUG}/decisions/"
    assert f'href="{place}{first}/"' in anybody.get(place).content.decode()
    page = anybody.get(f"{place}{first}/")
    told = read(page)
    assert "Two answers avoided the question of night staff." in told
    assert "Another ward" not in told
    assert made.case.ref not in told
    assert page["Cache-Control"] == "public, max-age=300"
    # Not in another register, not of another body, not before it is published, not once it is down.
    assert anybody.get(f"/public/{SLUG}/reports/{first}/").status_code == 404
    assert anybody.get(f"/public/cardiff/decisions/{first}/").status_code == 404
    assert anybody.get(f"{place}{decided(made, reason='Not published.')}/").status_code == 404
    down = {"press": "take_down", "subject": first, "reason": "A name slipped in."}
    sam.post(f"/cases/{made.case.ref}/publishing/", down)
    assert anybody.get(f"{place}{first}/").status_code == 404
    assert anybody.get(f"{place}{second}/").status_code == 200


def withheld(made: Derbyshire, decision: str, when: str = "2026-04-29T11:00") -> str:
    data = {
        "what": "Why we decided it",
        "from_whom": ["The trust"],
        "recipients": ["provider"],
        "reason": "It would put a witness at risk.",
    }
    return tell(made, "information_withheld", when, data, refers_to=(decision,)).entry.id


def test_what_is_withheld_after_it_was_published_is_taken_down_at_once_and_its_publisher_told(
    made: Derbyshire, signed_in: Browser
) -> None:
    made.town.sam.email = "sam@healthwatch.example"
    made.town.sam.save()
    sam, anybody = signed_in(made.town.sam), Client()
    opened(sam, made, "decisions")
    decision, other = decided(made), decided(made, reason="Another ward was looked at.")
    published(sam, made, decision, other)
    place = f"/public/{SLUG}/decisions/"
    assert "night staff" in read(anybody.get(place))

    withheld(made, decision)
    told = read(anybody.get(place))
    assert "night staff" not in told
    assert "Another ward" in told
    assert anybody.get(f"{place}{decision}/").status_code == 404
    with made.at_work():
        newest = PublishedLine.objects.filter(subject=decision).latest("pk")
        (mail,) = MailMessage.objects.filter(key__startswith="publishing/down/")
    assert (newest.shown, newest.itself, newest.by_id) == (False, True, made.town.sam.pk)
    assert mail.to_email == "sam@healthwatch.example"
    assert "taken down" in mail.subject
    assert "withheld from somebody by a decision" in mail.text
    case_page = read(sam.get(f"/cases/{made.case.ref}/publishing/"))
    assert "Taken down by itself on" in case_page
    assert "Not public any more: a line of a register" in read(sam.get("/"))

    # Once it may be shared again a person publishes it again; it does not come back by itself.
    may = {"recipients": ["provider"], "reason": "The witness agrees."}
    tell(made, "sharing_allowed", "2026-04-30T09:00", may, refers_to=(decision,))
    assert "night staff" not in read(anybody.get(place))
    published(sam, made, decision)
    assert "night staff" in read(anybody.get(place))
    assert "Taken down by itself" not in read(sam.get(f"/cases/{made.case.ref}/publishing/"))
    assert "Not public any more" not in read(sam.get("/"))


def test_a_name_recorded_later_takes_the_line_that_holds_it_down(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "decisions")
    decision = decided(made, reason="After what Blodwen Tudor told us.")
    published(sam, made, decision)
    assert "Tudor" in read(Client().get(f"/public/{SLUG}/decisions/"))
    told = {"purpose": "provider", "with_whom": "Blodwen Tudor"}
    tell(made, "contact_made", "2026-04-29T09:00", told)
    assert "Tudor" not in read(Client().get(f"/public/{SLUG}/decisions/"))


def test_an_entry_entered_in_error_takes_its_line_with_it(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "decisions")
    decision = decided(made)
    published(sam, made, decision)
    error = {"why": "It was decided in another case.", "withdraws": True}
    tell(made, "correction_made", "2026-04-29T09:00", error, refers_to=(decision,))
    assert "night staff" not in read(Client().get(f"/public/{SLUG}/decisions/"))
    with made.at_work():
        newest = PublishedLine.objects.filter(subject=decision).latest("pk")
    assert (newest.shown, newest.itself) == (False, True)


def test_what_has_nothing_to_do_with_it_takes_nothing_down(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "decisions")
    decision, other = decided(made), decided(made, reason="Another ward was looked at.")
    published(sam, made, decision)
    withheld(made, other)
    told = {"purpose": "provider", "with_whom": "Blodwen Tudor"}
    tell(made, "contact_made", "2026-04-29T09:00", told)
    assert "night staff" in read(Client().get(f"/public/{SLUG}/decisions/"))


def test_what_is_for_members_gives_no_line(made: Derbyshire) -> None:
    decision = decided(made)
    standing = made.standing()
    assert [line.subject for line in lines_of(standing)] == [decision]
    hidden = {
        kind: tuple(replace(entry, audience="members") for entry in entries)
        for kind, entries in standing.by_kind.items()
    }
    closed: Standing = replace(standing, by_kind=hidden)
    assert lines_of(closed) == []


def test_reports_say_who_was_asked_and_what_came_of_it(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "reports")
    tell(made, "step_entered", "2026-03-30T09:30", REPORTING)
    decided(made)
    put = tell(made, "recommendation_issued", "2026-03-30T11:00", ASKED).entry.id
    published(sam, made, put)
    told = read(Client().get(f"/public/{SLUG}/reports/"))
    assert "Ely Hospitals Trust" in told
    assert "Two nurses on every night." in told
    assert "Statutory" in told
    assert "Waiting" in told

    answer = {
        "from_whom": "Ely Hospitals Trust",
        "response": "A second nurse from May.",
    }
    tell(made, "response_received", "2026-04-29T10:00", answer, refers_to=(put,))
    assert "A second nurse" not in read(Client().get(f"/public/{SLUG}/reports/"))
    published(sam, made, put)
    told = read(Client().get(f"/public/{SLUG}/reports/"))
    assert "A second nurse from May." in told
    assert "Answered late" in told
    assert "No, late" in told


def test_representatives_are_public_by_name_and_days_alone(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "representatives")
    form = f"/publishing/representatives/{made.case.body_id}/new/"
    assert "Name: give it" in read(sam.post(form, {"name": ""}))
    days = {"from-day": "1", "from-month": "2", "from-year": "2026"}
    sent = {
        "name": "Idris Bowen",
        **days,
        "trained-day": "5",
        "trained-month": "1",
        "trained-year": "2026",
        "dbs": "yes",
    }
    wrong = {**sent, "to-day": "1", "to-month": "1", "to-year": "2026"}
    assert "before it begins" in read(sam.post(form, wrong))
    assert sam.post(form, sent).status_code == 302
    ended = {**sent, "name": "Nest Puw", "to-day": "1", "to-month": "3", "to-year": "2026"}
    sam.post(form, ended)
    own = read(sam.get("/publishing/representatives/"))
    assert "5 Jan 2026" in own
    assert "Nest Puw" in own

    told = read(Client().get(f"/public/{SLUG}/representatives/"))
    assert "Idris Bowen" in told
    assert "Nest Puw" not in told
    assert "DBS" not in told
    assert "5 Jan" not in told
    with made.at_work():
        one = Representative.objects.get(name="Idris Bowen")
    place = f"/publishing/representatives/{made.case.body_id}/{one.pk}/"
    assert 'value="Idris Bowen"' in main_of(sam.get(place))
    assert signed_in(made.town.mari).get(place).status_code == 404
    assert signed_in(made.town.mari).post(place, sent).status_code == 404


def test_another_body_opens_and_publishes_nothing_here(
    made: Derbyshire, signed_in: Browser
) -> None:
    mari = signed_in(made.town.mari)
    sent = {"press": "open", "body": made.case.body_id, "register": "decisions"}
    assert mari.post("/publishing/", sent).status_code == 404
    assert mari.get(f"/cases/{made.case.ref}/publishing/").status_code == 404
    forged = RegisterSwitch(
        body=made.town.healthwatch,
        register=Register.DECISIONS,
        open=True,
        at=london("2026-04-01T09:00"),
        by=made.town.mari,
    )
    refused = pytest.raises(DatabaseError, match="row-level security")
    with acting_for([made.town.council.pk]), refused, transaction.atomic():
        forged.save()


def test_the_public_account_reads_no_table_of_it(made: Derbyshire, signed_in: Browser) -> None:
    sam = signed_in(made.town.sam)
    opened(sam, made, "decisions", "representatives")
    published(sam, made, decided(made))
    for model in (PublishedLine, RegisterSwitch, Representative):
        assert not model.objects.exists(), "row security lets nobody read it without a body"
    with connection.cursor() as cursor:
        cursor.execute("SELECT publishing_public('ely', 'decisions', '2026-04-30')::text")
        (told,) = cursor.fetchone()
    for private in ("trained", "dbs", made.case.ref, '"case'):
        assert private not in told
    assert public_register("nobody-here", Register.DECISIONS, date(2026, 4, 30)) is None
    assert public_register("\x00", Register.DECISIONS, date(2026, 4, 30)) is None


@pytest.mark.parametrize("table", ["publishing_line", "publishing_switch"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET body_id = body_id", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_what_was_public_when_is_never_changed(
    owner_cursor: psycopg.Cursor[Any], table: str, statement: str
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation, match="never changed or removed"):
        owner_cursor.execute(statement.format(table))
