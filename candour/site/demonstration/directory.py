"""Makes the bodies, services and people of a demonstration."""

from collections.abc import Mapping, Sequence
from typing import Any

from candour.bodies.models import Body, BodyFunction, Contact, Service
from candour.people.models import Post, User
from candour.site.demonstration import FOLDER
from candour.site.demonstration.files import read

MAIL = "demonstration.invalid"  # no post ever leaves for there


def make_bodies() -> dict[str, Body]:
    """Return the demonstration's bodies by slug, making those that are missing."""
    told = read(FOLDER / "directory.yaml")
    bodies = {each["slug"]: _make_body(each) for each in told["bodies"]}
    known = set(Service.objects.values_list("name", flat=True))
    Service.objects.bulk_create(
        _service(each, bodies) for each in told["services"] if each["name"] not in known
    )
    return bodies


def _make_body(told: Mapping[str, Any]) -> Body:
    facts = {name: told.get(name, "") for name in ("name", "name_cy", "nation", "kind")}
    body, is_new = Body.objects.get_or_create(slug=told["slug"], defaults=facts)
    if is_new:
        BodyFunction.objects.bulk_create(
            BodyFunction(body=body, function=function, area=area)
            for function, area in told.get("functions", {}).items()
        )
        Contact.objects.bulk_create(
            Contact(body=body, **contact) for contact in told.get("contacts", [])
        )
    return body


def _service(told: Mapping[str, Any], bodies: Mapping[str, Body]) -> Service:
    return Service(
        name=told["name"],
        provider=bodies[told["provider"]],
        host_authority=bodies.get(told.get("host", "")),
        kind=told["kind"],
        nursing=told.get("nursing", False),
        people=told.get("people", "adults"),
        address=told["address"],
        postcode=told["postcode"],
    )


def make_people(bodies: Mapping[str, Body], password: str) -> list[User]:
    """Return the demonstration's people in the order of their file, making those missing.

    Args:
        bodies: the demonstration's bodies by slug.
        password: the encoded password that those who are made get.
    """
    told = read(FOLDER / "people.yaml")
    known = {user.username: user for user in User.objects.all()}
    return [known.get(each["sign_in"]) or _person(each, bodies, password) for each in told]


def _person(told: Mapping[str, Any], bodies: Mapping[str, Body], password: str) -> User:
    user = User.objects.create(
        username=told["sign_in"],
        email=f"{told['sign_in']}@{MAIL}",
        display_name=told["name"],
        language=told.get("language", "en"),
        password=password,
    )
    roles: Sequence[str] = told["roles"]
    Post.objects.bulk_create(
        Post(user=user, body=bodies[told["body"]], role=role, title=told["title"]) for role in roles
    )
    return user
