"""`candour procedures clauses` and `prove`: how each clause is covered, and by what proof."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from candour import policies
from candour.cli.usage import usage
from candour.engine.procedure import Procedure
from candour.policies.proving import Covered, ProvedPack, State, coverage, keep, kept, prove
from candour.policies.proving.register import FILE

FOUND = 1
Progress = Callable[[int, int], None]


@click.command()
@click.argument("name", required=False)
@click.option("--missing", is_flag=True, help="Only clauses that are not yet covered.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON for programs.")
def clauses(name: str | None, *, missing: bool, as_data: bool) -> None:
    """List the clauses of a procedure (or of all): state, what carries each, and what proves it.

    A clause is “enforced” where a rule does what it lays down, “supported” where a field or form is
    there for it, and in both cases only if a scenario that cites the clause fails once that rule,
    field or form is taken out of the procedure; else it is “not yet”. With --missing, the exit code
    is 1 where there is any of those.
    """
    lines = list(_covered(name))
    chosen = [line for line in lines if not missing or line.state is State.NOT_YET]
    if as_data:
        click.echo(json.dumps([_as_data(line) for line in chosen], ensure_ascii=False, indent=2))
    else:
        for line in chosen:
            click.echo(_as_line(line))
        click.echo(_total(lines))
    if missing and chosen:
        raise click.exceptions.Exit(FOUND)


@click.command("prove")
@click.argument("name", required=False)
def prove_(name: str | None) -> None:
    """Prove a procedure (or all): take each part out in turn, and see which scenarios fail.

    What is found is kept beside the pack, for the page of the procedure and for “clauses”. The exit
    code is 1 where a part that carries a clause is missed by no scenario that cites it.
    """
    unproved = 0
    for one in [name] if name else policies.available():
        with usage():
            path = policies.find(one)
            if not path.is_dir():
                msg = f"{path} is a single file. Put it into a folder of its own, beside scenarios."
                raise click.UsageError(msg)
            proved = _proved(one)
        keep(path, proved)
        for what in proved.unproved:
            click.echo(f"{path.name}: no scenario notices when this is gone: {what}")
        click.echo(f"{path.name}: {len(proved.proved)} clauses proved; kept in {path / FILE}")
        unproved += len(proved.unproved)
    if unproved:
        raise click.exceptions.Exit(FOUND)


def _covered(name: str | None) -> Iterable[Covered]:
    """Yield how each clause is covered, by every procedure that shares its register."""
    wanted = _load(name).clauses if name else None
    names = [one for one in policies.available() if policies.usable(one)]
    if name and name not in names:
        names.append(name)
    procedures = [(one, _load(one)) for one in names]
    sharing = [
        (one, held) for one, held in procedures if wanted is None or held.clauses.keys() & wanted
    ]
    found = coverage((held, _known(one).proved) for one, held in sharing)
    return [line for id_, line in found.items() if wanted is None or id_ in wanted]


def _known(name: str) -> ProvedPack:
    """Return what is proved of a pack: as kept, or found now where it has changed since."""
    with usage():
        return kept(policies.find(name)) or _proved(name)


def _proved(name: str) -> ProvedPack:
    if not sys.stderr.isatty():
        return prove(name)
    with click.progressbar(length=1, label=f"Proving {Path(name).name}", file=sys.stderr) as bar:

        def done(number: int, of: int) -> None:
            bar.length = of
            bar.update(number - bar.pos)

        return prove(name, done)


def _as_line(line: Covered) -> str:
    clause = line.clause
    where = ", ".join(str(carrier) for carrier in line.carriers) or "nothing carries it"
    proof = f"proved by: {', '.join(line.scenarios)}" if line.scenarios else line.why_not
    said = f"{clause.id}  {line.state}  {clause.kind}  ({clause.at}) {clause.does}"
    return f"{said}  → {where}; {proof}" if line.carriers else f"{said}  → {where}"


def _as_data(line: Covered) -> dict[str, object]:
    clause = line.clause
    return {
        "id": clause.id,
        "state": str(line.state),
        "kind": clause.kind,
        "at": clause.at,
        "does": clause.does,
        "carriers": [str(carrier) for carrier in line.carriers],
        "scenarios": list(line.scenarios),
        "why_not": line.why_not,
    }


def _total(lines: Iterable[Covered]) -> str:
    found = Counter(line.state for line in lines)
    parts = ", ".join(f"{found[state]} {state}" for state in State)
    return f"{sum(found.values())} clauses: {parts}."


def _load(name: str) -> Procedure:
    with usage():
        return policies.load(name)
