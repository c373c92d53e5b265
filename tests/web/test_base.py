"""The frame of every page: errors in plain words, health, language, navigation."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from candour.people.models import User
from candour.web.navigation import rooms
from candour.web.views import errors

pytestmark = pytest.mark.urls("tests.web.patterns.urls")


@pytest.mark.django_db
def test_healthz_answers_when_the_database_does(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_healthz_says_when_the_database_does_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_cursor() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", no_cursor)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")


@pytest.mark.django_db
def test_a_failure_shows_a_reference_that_stands_in_the_log_and_no_insides(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, logger="candour.web.views.errors"):
        answer = Client(raise_request_exception=False).get("/broken/")
    page = answer.content.decode()
    assert answer.status_code == 500
    reference = page.split("<strong>")[1].split("</strong>")[0]
    assert f"reference {reference}: GET /broken/" in caplog.text
    assert "the insides of the program" not in page
    assert "Traceback" not in page


def test_a_failure_of_the_failure_page_still_gives_a_reference(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    def cannot(*_: object) -> str:
        raise RuntimeError("templates are gone")

    monkeypatch.setattr(errors, "render_to_string", cannot)
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert b"give this reference:" in answer.content


def test_the_failure_page_asks_the_database_nothing() -> None:
    # No database is allowed in this test: a query would fail it.
    assert "ABC123" in render_to_string("errors/500.html", {"reference": "ABC123"})


@pytest.mark.django_db
def test_a_refusal_is_told_in_the_words_of_whoever_refused(rf: RequestFactory) -> None:
    page = errors.forbidden(rf.get("/"), PermissionDenied("Only the chair may sign.")).content
    assert b"Only the chair may sign." in page
    assert b"Your account may not see" in errors.forbidden(rf.get("/"), PermissionDenied()).content


@pytest.mark.django_db
def test_a_form_without_its_token_is_given_back_and_nothing_is_done() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        "/write/",
        {"summary": "<b>A fall</b>", "password": "secret!"},
        headers={"referer": "http://testserver/patterns/?x=1"},
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "&lt;b&gt;A fall&lt;/b&gt;" in page
    assert "secret!" not in page
    assert 'href="http://testserver/patterns/?x=1"' in page


@pytest.mark.django_db
def test_the_way_back_never_leads_to_another_site() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/write/", {"summary": "A fall"}, headers={"referer": "https://elsewhere.example/"}
    )
    assert 'href="/write/"' in answer.content.decode()
    assert "elsewhere" not in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/patterns/", "/patterns/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
    ],
)
def test_choosing_a_language_goes_back_to_the_page_but_to_no_other_site(
    client: Client, asked: str, goes: str
) -> None:
    answer = client.get("/language/cy/", {"next": asked})
    assert answer["Location"] == goes
    assert answer.cookies["candour_language"].value == "cy"


@pytest.mark.django_db
def test_a_language_that_is_not_offered_is_not_found(client: Client) -> None:
    assert client.get("/language/fr/").status_code == 404


@pytest.mark.django_db
def test_the_header_names_the_person_and_marks_where_they_are(client: Client) -> None:
    client.force_login(User.objects.create_user("mari", display_name="Mari Ellis"))
    page = client.get("/patterns/").content.decode()
    assert "Mari Ellis" in page
    assert '<a href="#main-content" class="govuk-skip-link"' in page
    assert '<html lang="en"' in page


@pytest.mark.urls("tests.web.one_room")
def test_a_room_without_pages_is_not_in_the_navigation() -> None:
    assert [(room.name, room.address) for room in rooms()] == [("procedures", "/how/")]
