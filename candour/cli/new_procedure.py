"""`candour procedures new`: asks about a body and writes the pack that it begins with."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from candour import policies
from candour.engine.clocks import Clock
from candour.engine.errors import ClockError
from candour.policies import PackError
from candour.policies.calendars import NAMES
from candour.policies.folders import own_folders
from candour.policies.starting import Laid, Line, NewBody, Unfit, lay, line_from

DAY = click.DateTime(["%Y-%m-%d"])
FAILED = 1


class _SafeguardingLine(click.ParamType[Line]):
    name = "line"

    def convert(self, value: Any, param: Any, ctx: Any) -> Line:  # noqa: ANN401 - click's own types
        if isinstance(value, Line):
            return value
        try:
            return line_from(str(value))
        except Unfit as unfit:
            self.fail(str(unfit), param, ctx)


class _Repeating(click.ParamType[str]):
    name = "clock"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:  # noqa: ANN401 - click's own types
        try:
            repeats = Clock.parse(str(value)).repeats
        except ClockError as error:
            self.fail(str(error), param, ctx)
        if not repeats:
            self.fail(f"“{value}” happens once. Say “every year”, or the like.", param, ctx)
        return str(value)


def _bases() -> list[str]:
    found = []
    for name in policies.available():
        try:
            found += [name] if policies.load(name).is_base else []
        except PackError:
            continue  # `lint` says what is wrong with it
    return found


def _id_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _lines() -> list[Line]:
    """Ask for safeguarding numbers until there are no more."""
    click.echo("Safeguarding numbers, one at a time. Leave the name empty when there are no more.")
    found: list[Line] = []
    while name := click.prompt("  Name of the team", default="", show_default=False).strip():
        whom = click.prompt("  For", type=click.Choice(["adults", "children", "both"]))
        phone = click.prompt("  Number")
        found.append(_with_hours(f"{whom}; {name}; {phone}"))
    return found


def _with_hours(said: str) -> Line:
    def line(hours: str) -> Line:
        try:
            return line_from(f"{said}; {hours}")
        except Unfit as unfit:
            raise click.UsageError(str(unfit)) from unfit  # asks again

    asked = "  Hours (like Mon-Fri 08:00-20:00, Sat 09:30-16:00; or otherwise; or always)"
    answer: Line = click.prompt(asked, value_proc=line)
    return answer


@click.command()
@click.option("--name", prompt="Name of the body", help="“Healthwatch Anytown”.")
@click.option("--name-cy", help="Its name in Welsh, where it has one.")
@click.option("--id", "pack_id", help="Name of the pack; made from the name if left out.")
@click.option("--based-on", prompt="Based on", default="local_healthwatch", help="The base.")
@click.option("--nation", type=click.Choice(["england", "wales", "uk"]), default="england")
@click.option("--calendar", type=click.Choice(NAMES), help="Whose holidays; the nation’s own.")
@click.option(
    "--council", "councils", multiple=True, help="A council of its area; may be repeated."
)
@click.option("--scrutiny", prompt="Scrutiny committee", help="The committee’s name.")
@click.option("--commissioner", prompt="Commissioner", help="Mostly an integrated care board.")
@click.option(
    "--safeguarding",
    "lines",
    type=_SafeguardingLine(),
    multiple=True,
    metavar="'WHOM; NAME; NUMBER; HOURS'",
    help="A number: “adults; Call Anytown; 01632 960001; Mon-Fri 08:00-20:00”. WHOM is adults, "
    "children or both; HOURS may be “otherwise” or “always”. May be repeated.",
)
@click.option("--chief-executive", prompt="Title of who decides", default="Chief executive")
@click.option("--chief-executive-cy", default="Prif weithredwr", show_default=True)
@click.option("--chair", prompt="Title of the chair", default="Chair")
@click.option("--chair-cy", default="Cadeirydd", show_default=True)
@click.option("--approved", type=DAY, prompt="Day on which the policy was approved (2026-01-31)")
@click.option("--every", type=_Repeating(), prompt="Reviewed", default="every year")
@click.option("--review", type=DAY, help="Day of the next review; worked out if left out.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="Folder for it.")
def new(**given: Any) -> None:  # noqa: ANN401 - each is checked by its option
    """Write the pack of a new body, over a base that says what such bodies have in common.

    Asks for what is not given. The pack is checked and tried with the base’s scenarios before it is
    written, and nothing that is there is overwritten. It goes into the folder of the site’s own
    procedures unless --into names another.
    """
    into = given["into"] or next(iter(own_folders()), Path("procedures"))
    try:
        laid = lay(_body(given), into)
    except (Unfit, PackError) as error:
        bases = ", ".join(_bases()) or "none"
        raise click.UsageError(f"{error}\nBases that there are: {bases}.") from error
    except OSError as error:
        msg = f"{into} cannot be written: {error.strerror}. Choose another folder with --into."
        raise click.UsageError(msg) from error
    _tell(laid)


def _body(given: dict[str, Any]) -> NewBody:
    name = given["name"].strip()
    councils = given["councils"] or (click.prompt("Council"),)
    return NewBody(
        id=_named(given["pack_id"] or _id_of(name)),
        name=(name, given["name_cy"] or name),
        based_on=given["based_on"],
        nation=given["nation"],
        calendar=given["calendar"] or {"uk": "uk-any"}.get(given["nation"], given["nation"]),
        councils=tuple(councils),
        scrutiny=given["scrutiny"],
        commissioner=given["commissioner"],
        lines=tuple(given["lines"] or _lines()),
        chief_executive=(given["chief_executive"], given["chief_executive_cy"]),
        chair=(given["chair"], given["chair_cy"]),
        approved=_day(given["approved"]),
        every=given["every"],
        review=_day(given["review"]) if given["review"] else None,
    )


def _named(pack_id: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", pack_id):
        msg = f"“{pack_id}” cannot be the name of a pack. Give --id in small letters, digits and _."
        raise click.UsageError(msg)
    return pack_id


def _day(moment: datetime) -> date:
    return moment.date()


def _tell(laid: Laid) -> None:
    name = laid.folder.name
    by_name = name in policies.available()
    click.echo(f"Written: {laid.folder / 'procedure.yaml'}")
    for said in (*laid.findings, *laid.failures):
        click.echo(str(said), err=True)
    if laid.sound:
        click.echo(f"It lints clean, and all {laid.tried} scenarios of its base hold for it.")
    click.echo(f"Read it: candour procedures show {name if by_name else laid.folder}")
    if not by_name:
        folder = laid.folder.parent.resolve()
        click.echo(f"To open cases under it, name its folder: CANDOUR_PROCEDURES={folder}")
    if not laid.sound:
        raise click.exceptions.Exit(FAILED)
