"""`candour fold`: plays a scenario file and says where the case stands."""

import json
from datetime import datetime

import click

from candour.policies import PackError
from candour.policies.moments import moment_of
from candour.policies.scenarios import Failure, Scenario, read_scenario, run, standing_at
from candour.policies.scenarios.standings import as_json, as_lines

UNMET = 1


@click.command()
@click.argument("scenario_file", metavar="SCENARIO.yaml", type=click.Path())
@click.option("--at", "at", metavar="MOMENT", help="A day or London time; else the last one.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON for programs.")
@click.option("--why", is_flag=True, help="Show how each date comes about, day by day.")
def command(scenario_file: str, at: str | None, *, as_data: bool, why: bool) -> None:
    """Play the entries of a scenario and print the standing: due, next, and what blocks the rest.

    Without --at, what the scenario expects is checked too, and the exit code is 1 where something
    comes out otherwise. A file that cannot be read ends with 2.
    """
    try:
        scenario = read_scenario(scenario_file)
        moment = moment_of(at) if at else _last_moment(scenario)
    except (PackError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    play = standing_at(scenario, moment)
    snapshot = play.standing.at(moment)
    if as_data:
        click.echo(json.dumps(as_json(play.standing, snapshot), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_lines(play.standing, snapshot, why=why)))
    _finish(play.failures if at else run(scenario))


def _last_moment(scenario: Scenario) -> datetime:
    """Return the last moment that the scenario speaks of."""
    recorded = [entry.recorded for entry in scenario.entries]
    return max(*recorded, *(expectation.at for expectation in scenario.expect), recorded[0])


def _finish(failures: list[Failure]) -> None:
    if not failures:
        return
    for failure in failures:
        click.echo(str(failure), err=True)
    raise click.exceptions.Exit(UNMET)
