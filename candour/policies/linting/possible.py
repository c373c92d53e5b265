"""What can ever be recorded under a procedure: an entry that fits a pattern, or none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from candour.engine import SYSTEM
from candour.engine.fields import Field, problems
from candour.engine.patterns import ANY_VALUE, Pattern, Where
from candour.engine.procedure import Move, Procedure
from candour.engine.vocabulary import KINDS, MOVING
from candour.policies.reading.patterns import MANY


@dataclass(frozen=True)
class Possible:
    """The entries that a procedure can ever hold."""

    procedure: Procedure

    def why_not(self, pattern: Pattern) -> str:
        """Return why no entry can ever fit `pattern`; empty when one can."""
        return (
            self._kind_missing(pattern)
            or next(filter(None, (self._where_missing(pattern, w) for w in pattern.where)), "")
            or self._nobody(pattern)
            or self._no_move(pattern)
        )

    def _kind_missing(self, pattern: Pattern) -> str:
        name = pattern.kind
        if name not in KINDS:
            return f"“{name}” is not a kind of entry"
        if name in self.procedure.hides:
            return f"“{name}” is hidden in this procedure"
        if name in self.procedure.kinds:
            return ""
        lists = (
            known.options_list
            for known in KINDS[name].fields
            if known.required and known.options_list not in self.procedure.options
        )
        lacking = ", ".join(filter(None, lists))
        return f"“{name}” cannot be recorded, for the list of options “{lacking}” is missing"

    def _where_missing(self, pattern: Pattern, where: Where) -> str:
        fields = {known.name: known for known in self.procedure.kinds[pattern.kind].fields}
        known = fields.get(where.field)
        if known is None:
            return f"“{pattern.kind}” has no field “{where.field}” here"
        if where.values == (ANY_VALUE,) or any(fits(known, value) for value in where.values):
            return ""
        values = ", ".join(str(value) for value in where.values)
        return f"“{where.field}” of “{pattern.kind}” can never be {values}"

    def _nobody(self, pattern: Pattern) -> str:
        if not pattern.roles or set(pattern.roles) & set(self.procedure.roles):
            return ""
        made = {auto.kind for auto in self.procedure.autos if auto.mode == "do"}
        if SYSTEM in pattern.roles and pattern.kind in made:
            return ""
        return f"nobody in the roles {', '.join(pattern.roles)} can record “{pattern.kind}”"

    def _no_move(self, pattern: Pattern) -> str:
        if pattern.kind not in MOVING or any(self._makes(m, pattern) for m in self.moves()):
            return ""
        return f"no move makes an entry such as {pattern}"

    def _makes(self, move: Move, pattern: Pattern) -> bool:
        made = {"move": move.id, "step": move.to}
        own = (where for where in pattern.where if where.field in made)
        able = not (move.decided_by and pattern.roles) or bool(
            {*move.decided_by, SYSTEM} & set(pattern.roles)
        )
        fit = all(where.holds(made) for where in own)
        return fit and able and pattern.kind in moving_kinds(self.procedure, move)

    def moves(self) -> Iterator[Move]:
        """Yield every move."""
        yield from self.procedure.moves.values()


def moving_kinds(procedure: Procedure, move: Move) -> tuple[str, ...]:
    """Return the kinds of entry by which a move may be made."""
    if procedure.steps[move.to].final:
        return ("case_closed",)
    finals = [procedure.steps[step].final for step in move.from_steps]
    reopening = ("case_reopened",) if any(finals) else ()
    return reopening if all(finals) else ("step_entered", *reopening)


def fits(known: Field, value: object) -> bool:
    """Say whether a field can have this value, or hold it among others."""
    plain = replace(known, required=False, needed_when=None)
    return not problems({known.name: [value] if known.type in MANY else value}, [plain])
