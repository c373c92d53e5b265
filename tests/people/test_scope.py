"""What a request may reach: the rows of its person's bodies, and it costs little to know."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Body
from candour.experiences.models import Experience
from candour.people.middleware import BodyScope, ScopedRequest
from candour.people.models import Post, User

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 30, 9, tzinfo=UTC)
View = Callable[[HttpRequest], HttpResponse]


@pytest.fixture
def ann(monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T09:00")
    ours = Body.objects.create(name="Ours", slug="ours", nation="england")
    Body.objects.create(name="Theirs", slug="theirs", nation="england")
    user = User.objects.create_user("ann")
    Post.objects.create(user=user, body=ours, role="lead_officer")
    return user


def request_of(user: User | AnonymousUser) -> ScopedRequest:
    request = RequestFactory().get("/")
    request.user = user
    scoped: ScopedRequest = request  # type: ignore[assignment]  # the middleware makes it one
    return scoped


def tell(body: Body) -> Experience:
    return Experience.objects.create(
        body=body, source="form", source_ref=body.slug, answer="Kind staff.", created_at=AT
    )


def scope_in_force() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('candour.bodies', true), '')")
        return str(cursor.fetchone()[0])


def test_a_signed_in_person_reaches_the_rows_of_their_bodies(ann: User) -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(scope_in_force())
        tell(Body.objects.get(slug="ours"))
        seen.extend(row.source_ref for row in Experience.objects.all())
        return HttpResponse()

    request = request_of(ann)
    BodyScope(view)(request)
    ours = Body.objects.get(slug="ours")
    assert seen == [str(ours.pk), "ours"]
    assert [post.role for post in request.posts] == ["lead_officer"]
    assert request.bodies == [ours]
    assert Experience.objects.count() == 0, "the scope must end with the request"


def test_somebody_not_signed_in_reaches_nothing(ann: User) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(scope_in_force())

    request = request_of(AnonymousUser())
    assert BodyScope(view)(request).getvalue() == b""
    assert (request.posts, request.bodies) == ([], [])


def test_a_post_that_has_ended_reaches_nothing(ann: User) -> None:
    Post.objects.update(to_date="2026-03-29")
    request = request_of(ann)
    BodyScope(lambda _: HttpResponse(scope_in_force()))(request)
    assert request.bodies == []


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (409, 1), (500, 0), (503, 0)])
def test_a_server_error_rolls_everything_back(ann: User, status: int, kept: int) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        Body.objects.create(name="New", slug="new", nation="england")
        return HttpResponse(status=status)

    BodyScope(view)(request_of(ann))
    assert Body.objects.filter(slug="new").count() == kept


@pytest.mark.django_db(transaction=True)
def test_knowing_who_asks_costs_two_queries_and_the_scope_none(ann: User, client: Client) -> None:
    client.force_login(ann)
    with CaptureQueriesContext(connection) as asked:
        client.get("/a-page-that-is-not-there/")
    session, person = [q["sql"].strip() for q in asked if q["sql"].strip().startswith("SELECT")]
    assert "django_session" in session
    assert "people_post" in person
    assert "people_user" in person
