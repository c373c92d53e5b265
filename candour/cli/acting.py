"""Who acts when a command is given: for which body, and under whose name."""

from typing import TYPE_CHECKING

import click

from candour.site import clock

if TYPE_CHECKING:
    from candour.bodies.models import Body
    from candour.people.actor import Actor

TENTHS = 10


def actor_named(slug: str | None, username: str | None) -> "Actor":
    """Return who acts: somebody by their name, or the command line itself, for a body.

    Args:
        slug: the body's short name; the only watchdog's when None.
        username: a person's name to sign in with.

    Raises:
        click.UsageError: there is no such body, or they hold no post there.
    """
    from candour.people.actor import Actor  # noqa: PLC0415  # needs Django

    body = _only_watchdog() if slug is None else _body(slug)
    return Actor.system(body) if username is None else _person(username, body)


def _only_watchdog() -> "Body":
    """Return the one body that holds the function of patient voice today."""
    from candour.bodies.models import Function  # noqa: PLC0415  # needs Django
    from candour.bodies.queries import bodies_holding  # noqa: PLC0415

    today = clock.now().astimezone(clock.LONDON).date()
    found = list(bodies_holding(Function.PATIENT_VOICE, today)[:TENTHS])
    if len(found) != 1:
        several = f": {', '.join(body.slug for body in found)}" if found else ""
        raise click.UsageError(
            f"Say with --body which body will hold them; {len(found) or 'no'} watchdogs are at "
            f"work here{several}."
        )
    return found[0]


def _body(slug: str) -> "Body":
    from candour.bodies.models import Body  # noqa: PLC0415  # needs Django
    from candour.bodies.queries import body_named  # noqa: PLC0415

    body = body_named(slug)
    if body is None:
        known = ", ".join(Body.objects.order_by("slug").values_list("slug", flat=True)[:TENTHS])
        some = f"Some that there are: {known}." if known else "There are no bodies yet."
        raise click.UsageError(f"There is no body “{slug}”. {some}")
    return body


def _person(username: str, body: "Body") -> "Actor":
    from candour.people.actor import Actor  # noqa: PLC0415  # needs Django
    from candour.people.models import User  # noqa: PLC0415
    from candour.people.queries import actors_on  # noqa: PLC0415

    user = User.objects.filter(username=username).first()
    today = clock.now().astimezone(clock.LONDON).date()
    found: list[Actor] = [] if user is None else actors_on(user, today, body=body)
    if not found:
        raise click.UsageError(
            f"“{username}” holds no post at {body} today, so cannot take anything in for it."
        )
    return found[0]
