"""What a token opens: what its person may read at one body, while they are there, and no more."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from candour.api.models import ApiToken, Part
from candour.api.tokens import A_MINUTE, MOST, PREFIX, TooManyTokens, revoke_token, tokens_of
from candour.database.row_security import acting_for
from candour.people.models import Post
from candour.site import clock
from tests.api.asking import ask, token_of, told
from tests.support.casework import Town, open_at

pytestmark = pytest.mark.django_db
PATHS = (
    *("cases", "cases/CV-2026-0001", "duties", "services?name=a", "restrictions"),
    *("restrictions/may-place?service=1", "recommendations", "procedures"),
    "procedures/cardiff_vale",
)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:00")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "token", ["", "x", PREFIX, f"{PREFIX}{'a' * 43}", "a" * 5000, f"{PREFIX}\x00", "’" * 20]
)
def test_without_a_token_that_opens_nothing_is_told(town: Town, path: str, token: str) -> None:
    answer = ask(token, path)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert "Settings, Programs" in answer.json()["detail"]


@pytest.mark.parametrize("path", PATHS)
def test_being_signed_in_is_no_token(town: Town, path: str) -> None:
    browser = Client()
    browser.force_login(town.mari)
    assert browser.get(f"/api/v1/{path}").status_code == 401


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_ever_written(town: Town, path: str, method: str) -> None:
    header = {"authorization": f"Bearer {token_of(town.mari)}"}
    assert getattr(Client(), method)(f"/api/v1/{path}", headers=header).status_code == 405


def test_a_token_reads_the_parts_that_were_ticked_and_no_other(town: Town) -> None:
    case = open_at(town, "2026-03-09T09:00")
    token = token_of(town.mari, Part.CASES)
    assert told(token, "cases")["cases"][0]["ref"] == case.ref
    for path in ("duties", "restrictions", "recommendations", "procedures", "services?name=a"):
        answer = ask(token, path)
        assert answer.status_code == 403, path
        assert "does not read that" in answer.json()["title"]


def test_a_token_ends_with_its_time_its_revoking_and_its_person_s_post(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, revoked, left = (token_of(town.mari, days=30) for _ in range(3))
    with acting_for([town.council.pk], person=town.mari.pk):
        known = next(t for t in tokens_of(town.mari) if t.ending == revoked[-4:])
        assert revoke_token(town.mari, known.pk, clock.now())
        assert not revoke_token(town.mari, known.pk, clock.now())
    assert ask(revoked, "cases").status_code == 401
    Post.objects.filter(user=town.mari).update(to_date="2026-04-01")
    answer = ask(left, "cases")
    assert answer.status_code == 403
    assert "works there no more" in answer.json()["title"]
    Post.objects.filter(user=town.mari).update(to_date=None)
    assert ask(left, "cases").status_code == 200
    town.mari.is_active = False
    town.mari.save()
    assert ask(left, "cases").status_code == 403
    town.mari.is_active = True
    town.mari.save()
    monkeypatch.setenv("CANDOUR_NOW", "2026-05-02T08:59")
    assert ask(short, "cases").status_code == 200
    monkeypatch.setenv("CANDOUR_NOW", "2026-05-02T09:00")
    assert ask(short, "cases").status_code == 401


def test_who_asks_too_often_waits_for_the_next_minute(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, other = token_of(town.mari), token_of(town.mari)
    with connection.cursor() as cursor:
        for _ in range(A_MINUTE):
            cursor.execute(
                "SELECT count(*) FROM api_token_asked(sha256(convert_to(%s, 'UTF8')), %s)",
                [token, clock.now()],
            )
    answer = ask(token, "procedures")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert ask(other, "procedures").status_code == 200
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:01")
    assert ask(token, "procedures").status_code == 200


def test_the_token_itself_is_kept_nowhere_and_its_hash_is_read_by_nobody(town: Town) -> None:
    token = token_of(town.mari)
    with acting_for([town.council.pk], person=town.mari.pk):
        (kept,) = tokens_of(town.mari)
        assert token not in str(vars(kept))
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            list(ApiToken.objects.values_list("token_hash"))
    with acting_for([town.council.pk], person=town.ieuan.pk):
        assert tokens_of(town.mari) == []
        assert not revoke_token(town.mari, kept.pk, clock.now())


def test_nobody_makes_a_token_for_a_body_or_person_that_is_not_theirs(town: Town) -> None:
    values: dict[str, Any] = {
        "name": "x",
        "may": [],
        "token_hash": b"x",
        "ending": "abcd",
        "made_at": clock.now(),
        "expires_at": clock.now().replace(year=2027),
    }
    refused = pytest.raises(DatabaseError, match="row-level security")
    with acting_for([town.council.pk], person=town.mari.pk):
        for person, body in ((town.mari, town.elsewhere), (town.ieuan, town.council)):
            with refused, transaction.atomic():
                ApiToken.objects.create(person=person, body=body, **values)


def test_nobody_has_more_tokens_than_they_can_look_after(town: Town) -> None:
    for _ in range(MOST):
        token_of(town.mari)
    with pytest.raises(TooManyTokens):
        token_of(town.mari)
