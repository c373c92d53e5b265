"""`candour migrate-case`: lets a case go on under another procedure, version or body."""

from typing import TYPE_CHECKING
from uuid import uuid4

import click

from candour import policies
from candour.cli.site import open_site
from candour.engine import Refusal
from candour.policies import PackError
from candour.site import clock
from candour.whatif.reasons import why

if TYPE_CHECKING:
    from candour.bodies.models import Body
    from candour.cases.actions import Change
    from candour.cases.models import Case

FIND = "SELECT id, body_id FROM case_file WHERE ref = %s"
MOST_SAID = 200


@click.command(name="migrate-case")
@click.argument("ref")
@click.option("--to", "name", metavar="PROCEDURE", help="The procedure; its own when left out.")
@click.option("--version", help="The version of it; the present one when left out.")
@click.option("--to-body", "slug", help="The body that leads it from then on: its short name.")
@click.option(
    "--former-body-sees/--former-body-does-not-see",
    default=True,
    show_default=True,
    help="Whether the body that led it until then still sees the case.",
)
@click.option("--goes-on-at", "step", default="", help="The step where it goes on.")
@click.option("--reason", default="", help="Why; kept in the log.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def command(  # noqa: PLR0913  # one for each option
    ref: str,
    name: str | None,
    version: str | None,
    slug: str | None,
    step: str,
    reason: str,
    *,
    former_body_sees: bool,
    dry_run: bool,
) -> None:
    """Say what would change if the case REF went on elsewhere, and then let it.

    Everything recorded stays. What is owed is counted on by the new rules; nothing turns late by
    a rule that did not hold. Exit code 1: it may not be done, and why.
    """
    open_site()
    from candour.cases.actions import Change  # noqa: PLC0415  # needs Django set up
    from candour.database.row_security import acting_for  # noqa: PLC0415

    case_id, body_id = _find(ref)
    with acting_for([body_id]):
        from candour.cases.models import Case  # noqa: PLC0415  # needs Django set up

        case = Case.objects.select_related("body").get(pk=case_id)
        to, its_version = _target(case, name, version)
        heir = _body(slug) if slug else None
        said = reason.strip() or ("" if not dry_run else "A look at what would change.")
        change = Change(to, its_version, said, step, heir, former_body_sees)
        _make(case, change, dry_run=dry_run)


def _find(ref: str) -> tuple[int, int]:
    """Return the number of a case and of the body that leads it, read by the auditor’s account."""
    from django.db import connections  # noqa: PLC0415  # needs Django set up

    with connections["auditor"].cursor() as cursor:
        cursor.execute(FIND, [ref.strip().upper()])
        row = cursor.fetchone()
    if row is None:
        raise click.UsageError(f"No case has the number {ref}. They look like CV-2026-0042.")
    return int(row[0]), int(row[1])


def _target(case: "Case", name: str | None, version: str | None) -> tuple[str, str]:
    to = name or case.procedure
    try:
        there_are = policies.versions_of(to)
        return to, policies.load_version(to, version or there_are[0]).version
    except PackError as error:
        raise click.UsageError(str(error)) from error


def _body(slug: str) -> "Body":
    from candour.bodies.models import Body  # noqa: PLC0415  # needs Django set up
    from candour.bodies.queries import body_named  # noqa: PLC0415

    body = body_named(slug)
    if body is None:
        known = ", ".join(Body.objects.order_by("slug").values_list("slug", flat=True)[:10])
        raise click.UsageError(f"There is no body “{slug}”. Some that there are: {known}.")
    return body


def _make(case: "Case", change: "Change", *, dry_run: bool) -> None:
    """Say what the change brings about, and make it unless this is a dry run."""
    from candour.cases.actions import (  # noqa: PLC0415  # needs Django set up
        Recorded,
        change_procedure,
        preview_change,
    )
    from candour.cases.queries import standing as standing_of  # noqa: PLC0415
    from candour.people.actor import Actor  # noqa: PLC0415

    actor, now = Actor.system(case.body), clock.now()
    standing = standing_of(case)
    found = preview_change(standing, change, actor, now)
    if isinstance(found, Refusal):
        raise click.ClickException(f"{case.ref} cannot go on so. {found}")
    was = standing.procedure
    click.echo(f"{case.ref} {case.title}")
    click.echo(f"from {was.name} {was.version} to {change.procedure} {change.version}")
    if change.body is not None:
        click.echo(f"from {case.body} to {change.body}")
    for said, _ in why(found, MOST_SAID):
        click.echo(f"  {said}")
    if dry_run:
        click.echo("Nothing was written.")
        return
    done = change_procedure(
        case_id=case.pk,
        actor=actor,
        change=change,
        draft_id=str(uuid4()),
        expected_seq=len(standing.recorded),
        as_of=now,
    )
    if not isinstance(done, Recorded):
        raise click.ClickException(f"{case.ref} was not changed: {done}")
    click.echo(f"Done: entry {done.seq} of {case.ref}.")
