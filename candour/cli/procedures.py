"""`candour procedures`: list, lint, show and draw the packs, and account for their clauses."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from candour import policies
from candour.cli.showing import shown
from candour.engine.procedure import Clause, Procedure
from candour.engine.words import Language
from candour.policies import PackError, Reading, Severity
from candour.policies.carriers import Carrier, carried
from candour.policies.diagram import diagram, mermaid
from candour.policies.linting.clauses import ENFORCED
from candour.policies.scenarios import read_scenario

FOUND = 1
_language = click.option(
    "--language", type=click.Choice(["en", "cy"]), default="en", show_default=True
)


@click.group()
def command() -> None:
    """Read, check and draw the procedures that cases run on."""


@command.command("list")
def list_() -> None:
    """List the procedures that are shipped: name, version, title."""
    for name in policies.available():
        procedure = _load(name)
        click.echo(f"{name}  {procedure.version}  {procedure.title.en}")


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
@click.argument("name", required=False)
@click.option("--missing", is_flag=True, help="Only clauses that no rule carries.")
@click.option(
    "--scenarios",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of scenario files: show which of them show each clause at work.",
)
def clauses(name: str | None, *, missing: bool, scenarios: Path | None) -> None:
    """List the clauses of a procedure (or of all) and what carries each.

    With --missing, the exit code is 1 where a clause that must be enforced (a clock, gate, role or
    auto) has no rule, or, with --scenarios, no scenario.
    """
    shown_by = _shown_by(scenarios) if scenarios else None
    wanting = False
    for clause, carrying in _registers(name):
        examples = None if shown_by is None else shown_by.get(clause.id, [])
        lost = not any(carrier.live for carrier in carrying) or examples == []
        wanting = wanting or (lost and clause.kind in ENFORCED)
        if lost or not missing:
            click.echo(_clause_line(clause, carrying, examples))
    if missing and wanting:
        raise click.exceptions.Exit(FOUND)


def _registers(name: str | None) -> Iterator[tuple[Clause, list[Carrier]]]:
    """Yield each clause once, with its carriers in every shipped procedure that has it."""
    wanted = _load(name).clauses if name else None
    procedures = [_load(other) for other in policies.available()]
    if name and name not in policies.available():
        procedures.append(_load(name))
    found: dict[str, tuple[Clause, list[Carrier]]] = {}
    for procedure in procedures:
        for clause_id, carrying in carried(procedure).items():
            clause = procedure.clauses[clause_id]
            found.setdefault(clause_id, (clause, []))[1].extend(carrying)
    yield from (one for clause_id, one in found.items() if wanted is None or clause_id in wanted)


def _clause_line(clause: Clause, carrying: list[Carrier], examples: list[str] | None) -> str:
    where = ", ".join(str(carrier) for carrier in carrying) or "nothing carries it"
    line = f"{clause.id}  {clause.kind}  ({clause.at}) {clause.does}  → {where}"
    if examples is None:
        return line
    return f"{line}; shown by: {', '.join(examples) or 'no scenario'}"


def _shown_by(folder: Path) -> dict[str, list[str]]:
    """Return clause id -> names of the scenario files that cite it."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        with _usage():
            scenario = read_scenario(path)
        for clause in scenario.clauses:
            found.setdefault(clause, []).append(str(path.relative_to(folder)))
    return found


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


@contextmanager
def _usage() -> Iterator[None]:
    """Turn what cannot be read into a message and exit code 2."""
    try:
        yield
    except PackError as error:
        raise click.UsageError(str(error)) from error


def _print(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))


def _find(name: str) -> Path:
    with _usage():
        return policies.find(name)


def _load(name: str) -> Procedure:
    with _usage():
        return policies.load(name)
