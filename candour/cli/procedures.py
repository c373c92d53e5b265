"""`candour procedures`: list, lint, show and draw the packs, and account for their clauses."""

from collections.abc import Iterable
from pathlib import Path

import click

from candour import policies
from candour.cli.clause_register import clauses, prove_
from candour.cli.new_procedure import new
from candour.cli.showing import listed, shown
from candour.cli.usage import usage
from candour.engine.procedure import Procedure
from candour.engine.words import Language
from candour.policies import FaultyPack, Reading, Severity
from candour.policies.diagram import diagram, mermaid

FOUND = 1
_language = click.option(
    "--language", type=click.Choice(["en", "cy"]), default="en", show_default=True
)


@click.group()
def command() -> None:
    """Read, check, prove and draw the procedures that cases run on."""


command.add_command(clauses)
command.add_command(prove_)
command.add_command(new)


@command.command("list")
def list_() -> None:
    """List the procedures that there are: name, version, title; and what is only there for others.

    One that cannot be used is listed too, and `lint` says why.
    """
    for name in policies.available():
        try:
            click.echo(listed(policies.load(name)))
        except FaultyPack as error:
            faults = _count(len(error.faults), "fault")
            click.echo(f"{name}  cannot be used: {faults}; run candour procedures lint {name}")


@command.command()
@click.argument("path", required=False)
def lint(path: str | None) -> None:
    """Check a pack (a name, or a folder), or all of them, and say everything that is wrong.

    The exit code is 1 where anything but notes was found.
    """
    readings = [policies.read(_find(name)) for name in ([path] if path else policies.available())]
    among = None if path else readings
    grave = sum([_tell(reading, among) for reading in readings])
    if grave:
        raise click.exceptions.Exit(FOUND)


def _tell(reading: Reading, among: list[Reading] | None) -> bool:
    """Print what is wrong with one pack; say whether any of it is grave."""
    findings = policies.lint_pack(reading, among)
    for said in (*reading.faults, *findings):
        click.echo(str(said))
    grave = [one for one in findings if one.severity is Severity.ERROR]
    notes = len(findings) - len(grave)
    faults = len(reading.faults) + len(grave)
    click.echo(f"{reading.path.name}: {_count(faults, 'error')}, {_count(notes, 'note')}.")
    return bool(faults)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@command.command()
@click.argument("name")
@_language
def show(name: str, language: Language) -> None:
    """Print a procedure: its steps, moves, gates, duties and what acts by itself."""
    _print(shown(_load(name), language))


@command.command("diagram")
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["svg", "mermaid"]), default="svg")
@click.option("--step", help="Mark this step as the one where a case is (SVG only).")
@_language
def diagram_(name: str, form: str, step: str | None, language: Language) -> None:
    """Draw a procedure’s steps and moves."""
    procedure = _load(name)
    if step is not None and step not in procedure.steps:
        msg = f"“{step}” is not a step of {name}. There are: {', '.join(procedure.steps)}."
        raise click.UsageError(msg)
    drawn = diagram(procedure, language, step) if form == "svg" else mermaid(procedure, language)
    click.echo(drawn)


def _print(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))


def _find(name: str) -> Path:
    with usage():
        return policies.find(name)


def _load(name: str) -> Procedure:
    with usage():
        return policies.load(name)
