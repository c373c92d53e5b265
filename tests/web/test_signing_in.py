"""Who comes in, who does not, and what they are told."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from candour.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.patterns.urls")]
PASSWORD = "a-long-enough-password"
REFUSED = "The user name or the password is not right"


@pytest.fixture(autouse=True)
def _no_tries_remembered() -> None:
    cache.clear()


@pytest.fixture
def mari() -> User:
    return User.objects.create_user(
        "mari", email="mari@example.org", password=PASSWORD, language="cy"
    )


def _try(client: Client, name: str, password: str, **more: str) -> tuple[int, str]:
    answer = client.post("/sign-in/", {"login": name, "password": password, **more})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("name", ["mari", "mari@example.org"])
def test_name_or_email_address_and_password_let_a_person_in(
    client: Client, mari: User, name: str
) -> None:
    answer = client.post("/sign-in/?next=/write/", {"login": name, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/write/")
    assert client.get("/write/").content == b"written"


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(client: Client, mari: User) -> None:
    pages = []
    for name in ("mari", "nobody"):
        status, page = _try(client, name, "wrong-password")
        assert (status, page.count(REFUSED)) == (200, 2)
        pages.append(page.replace(f'value="{name}"', ""))
    without_tokens = [
        [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line] for page in pages
    ]
    assert without_tokens[0] == without_tokens[1]


def test_a_malformed_address_is_answered_like_any_wrong_name(client: Client, mari: User) -> None:
    assert REFUSED in _try(client, "mari@nowhere..", "wrong-password")[1]


def test_empty_fields_are_named(client: Client) -> None:
    page = _try(client, "", "")[1]
    assert 'href="#login">Enter your user name or email address' in page
    assert 'href="#password">Enter your password' in page
    assert "<title>Error: Sign in" in page


def test_the_password_never_comes_back_in_the_page(client: Client, mari: User) -> None:
    assert "wrong-password" not in _try(client, "mari", "wrong-password")[1]


def test_too_many_tries_close_the_account_to_the_right_password_too(
    client: Client, mari: User
) -> None:
    for _ in range(5):
        assert REFUSED in _try(client, "mari", "wrong-password")[1]
    page = _try(client, "mari", PASSWORD)[1]
    assert "Too many tries. Wait 5 minutes" in page
    assert client.get("/write/").status_code == 302


def test_too_many_tries_from_one_computer_get_a_page_that_says_what_to_do(client: Client) -> None:
    answers = [_try(client, f"name{number}", "wrong-password") for number in range(31)]
    status, page = answers[-1]
    assert status == 429
    assert "Wait 5 minutes, then try again" in page


def test_the_session_gets_a_new_key_when_somebody_signs_in(client: Client, mari: User) -> None:
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    assert planted is not None
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    _try(client, "mari", PASSWORD)
    assert client.session.session_key not in {None, planted}


def test_the_pages_then_speak_the_person_s_language(client: Client, mari: User) -> None:
    _try(client, "mari", PASSWORD)
    assert "Heb ddod o hyd" in client.get("/nowhere/").content.decode()


def test_nobody_is_sent_to_another_site(client: Client, mari: User) -> None:
    answer = client.post(
        "/sign-in/?next=https://elsewhere.example/", {"login": "mari", "password": PASSWORD}
    )
    assert answer["Location"] == "/"


def test_signing_out_needs_a_press_and_ends_the_session(client: Client, mari: User) -> None:
    client.force_login(mari)
    assert "Sign out of Candour?" in client.get("/sign-out/").content.decode()
    assert client.get("/write/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/write/")["Location"] == "/sign-in/?next=/write/"


@pytest.mark.parametrize(
    "address", ["/signup/", "/accounts/signup/", "/password/reset/", "/email/"]
)
def test_no_other_account_page_is_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_form_sent_after_the_session_ran_out_is_given_back(client: Client) -> None:
    answer = client.post("/write/", {"what_happened": "A fall", "key": "k", "password": "secret!"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "What happened</dt>" in page
    assert "A fall" in page
    assert "secret!" not in page
