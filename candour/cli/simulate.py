"""`candour simulate`: what a draft of a procedure would change in the cases that are open."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Self

import click

from candour import policies
from candour.cli.site import open_site
from candour.engine.procedure import Procedure
from candour.policies import PackError
from candour.policies.moments import moment_of
from candour.policies.scenarios import Scenario
from candour.site import clock
from candour.whatif.lines import lines_of
from candour.whatif.replaying import Errand, replay, replay_in_processes
from candour.whatif.reports import Report, report_of
from candour.whatif.scenarios import cases_of, last_moment, read_all
from candour.whatif.tally import Asked

AUDITOR = "auditor"  # the account that may read every case and write none
MOST_WEEKS = 104
TENTHS = 10


@click.command(name="simulate")
@click.argument("procedure")
@click.option(
    "--scenario",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Replay this scenario in place of the open cases; may be given several times.",
)
@click.option("--body", "slug", help="Only cases that this body leads: its short name.")
@click.option("--instead-of", metavar="NAME", help="Replay the cases of this procedure.")
@click.option("--as-of", metavar="MOMENT", help="A day or London time; now when left out.")
@click.option(
    "--weeks",
    type=click.IntRange(1, MOST_WEEKS),
    default=12,
    show_default=True,
    help="How many weeks of work to count one by one.",
)
@click.option(
    "--processes", type=click.IntRange(0, 64), default=0, help="How many at once; 0: as fits."
)
@click.option("--json", "as_data", is_flag=True, help="Print JSON for programs.")
def command(  # noqa: PLR0913  # one for each option
    procedure: str,
    files: tuple[Path, ...],
    slug: str | None,
    instead_of: str | None,
    as_of: str | None,
    weeks: int,
    processes: int,
    *,
    as_data: bool,
) -> None:
    """Replay the open cases under PROCEDURE, a name or the folder of a draft; nothing is written.

    Says which duties would appear, go, or be due on another day, what on record would not fit, who
    would become late, and the work of each week as it is and as it would be.

    A draft that cannot be used is refused with every fault, its file and line; exit code 2.
    """
    try:
        draft = policies.load(procedure)
        scenarios = read_all(files)
        present = _present(draft, instead_of, scenarios)
        moment = _moment(as_of, scenarios)
    except (PackError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    asked = Asked(draft, present.name, moment, weeks)
    if scenarios:
        tally = asked.tally()
        replay(asked, tally, cases_of(scenarios, moment))
        report = report_of(asked, tally, present)
    else:
        report = _of_caseload(policies.find(procedure), asked, present, slug, processes)
    _print(report, as_data=as_data)


def _present(draft: Procedure, instead_of: str | None, scenarios: list[Scenario]) -> Procedure:
    """Return the procedure in whose place the draft is tried."""
    if instead_of is None and scenarios:
        return scenarios[0].procedure
    if instead_of is None and draft.name not in policies.available():
        there_are = ", ".join(policies.available())
        raise click.UsageError(
            f"No cases run on “{draft.name}”. Say with --instead-of whose cases to replay: "
            f"{there_are}."
        )
    return policies.load(instead_of or draft.name)


def _moment(as_of: str | None, scenarios: list[Scenario]) -> datetime:
    if as_of is not None:
        return moment_of(as_of)
    return max(map(last_moment, scenarios)) if scenarios else clock.now()


def _of_caseload(
    draft: Path, asked: Asked, present: Procedure, slug: str | None, processes: int
) -> Report:
    open_site()
    from candour.whatif.caseload import numbers_of  # noqa: PLC0415  # needs Django set up

    numbers = numbers_of(AUDITOR, present.name, _bodies(slug))
    errand = Errand(draft.resolve(), asked.instead_of, asked.as_of, asked.weeks)
    with _Progress() as progress:
        tally = replay_in_processes(errand, AUDITOR, numbers, progress.tell, processes)
    return report_of(asked, tally, present)


def _bodies(slug: str | None) -> list[int] | None:
    """Return the body of this short name, or None for all."""
    if slug is None:
        return None
    from candour.bodies.models import Body  # noqa: PLC0415  # needs Django set up
    from candour.bodies.queries import body_named  # noqa: PLC0415

    body = body_named(slug)
    if body is None:
        known = ", ".join(Body.objects.order_by("slug").values_list("slug", flat=True)[:TENTHS])
        raise click.UsageError(
            f"There is no body “{slug}”. Some that there are: {known or 'none'}."
        )
    return [body.pk]


def _print(report: Report, *, as_data: bool) -> None:
    if as_data:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines_of(report)))


class _Progress:
    """How far it has come: on a terminal a line that changes, elsewhere a line for each tenth."""

    def __init__(self) -> None:
        self._shown = -1
        self._drawing = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawing and self._shown >= 0:
            click.echo("\r\033[K", nl=False, err=True)

    def tell(self, done: int, of: int) -> None:
        """Say that so many cases of so many are done."""
        reached = done * TENTHS // max(of, 1)
        if self._drawing:
            click.echo(f"\r\033[KReplayed {done:,} of {of:,} cases", nl=False, err=True)
        elif reached != self._shown:
            click.echo(f"Replayed {done:,} of {of:,} cases", err=True)
        self._shown = reached
