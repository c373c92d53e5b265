"""Plays a scenario: each entry through `propose`, and what acts by itself at its own instant."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from candour.engine import Draft, Refusal, Standing, auto_draft, entered, fold
from candour.engine.procedure import Procedure
from candour.policies.faults import Place
from candour.policies.moments import written
from candour.policies.scenarios.expecting import mismatches
from candour.policies.scenarios.letters import letter_mismatches
from candour.policies.scenarios.reading import Expectation, Happening, Letter, Scenario


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that came out otherwise than the scenario says: where, when, and what was found."""

    place: Place
    at: datetime
    message: str

    def __str__(self) -> str:
        """Return the failure on one line."""
        return f"{self.place}: at {written(self.at)}: {self.message}"


@dataclass
class Play:
    """A scenario being played: its standing so far, and what went otherwise than it says."""

    procedure: Procedure
    standing: Standing = field(init=False)
    now: datetime | None = None
    acted: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing recorded."""
        self.standing = fold(self.procedure, ())

    def take(self, happening: Happening) -> None:
        """Propose an entry as of the moment it was recorded."""
        self.wait_until(happening.recorded, happening.place)
        answer = entered(self.standing, _draft(happening), happening.recorded)
        fault = _unexpected(happening, answer)
        if fault:
            self.failures.append(Failure(happening.place, happening.recorded, fault))
        elif isinstance(answer, Standing):
            self.standing = answer

    def wait_until(self, moment: datetime, place: Place) -> None:
        """Let time run to `moment`, with everything that acts by itself meanwhile."""
        at = self.now
        while at is not None and at <= moment:
            self._act(at, place)
            at = self.standing.next_change(at)
        self.now = moment
        self._act(moment, place)

    def _act(self, at: datetime, place: Place) -> None:
        for _ in self.procedure.autos:  # each acts at most once at one moment
            ready = [auto for auto in self.standing.autos_at(at) if auto.mode == "do"]
            if not ready:
                return
            auto = ready[0]
            made = f"auto-{auto.id}-{len(self.standing.recorded)}"
            answer = entered(self.standing, auto_draft(self.standing, auto, made, at), at)
            if isinstance(answer, Refusal):
                message = f"“{auto.id}” should act by itself, but is refused: {answer}"
                self.failures.append(Failure(place, at, message))
                return
            self.acted.append(auto.id)
            self.standing = answer

    def look(self, expectation: Expectation) -> None:
        """Compare the standing at a moment with what is expected of it."""
        self.wait_until(expectation.at, expectation.place)
        found = mismatches(self.standing, expectation, tuple(self.acted))
        self.acted.clear()
        self.failures += [Failure(expectation.place, expectation.at, said) for said in found]

    def write(self, letter: Letter) -> None:
        """Compare a letter, made as the case stands now, with what is expected of it."""
        assert self.now is not None  # noqa: S101 - a letter comes after an entry
        found = letter_mismatches(self.standing, letter, self.now)
        self.failures += [Failure(letter.place, self.now, said) for said in found]


def _draft(happening: Happening) -> Draft:
    return Draft(
        id=happening.id,
        kind=happening.kind,
        happened_at=happening.on,
        author=happening.by,
        role=happening.by,
        data=happening.data,
        refers_to=happening.refers_to,
        body=happening.body,
        override=happening.override,
    )


def _unexpected(happening: Happening, answer: Standing | Refusal) -> str:
    """Return how the answer is not what the scenario says, or an empty string."""
    what = f"“{happening.id}” ({happening.kind})"
    if not happening.refused:
        return f"{what} was refused: {answer}" if isinstance(answer, Refusal) else ""
    if isinstance(answer, Standing):
        return f"{what} was taken, but should be refused with “{happening.refused}”."
    said = " ".join([str(answer), *(clause for r in answer.reasons for clause in r.clauses)])
    if happening.refused.lower() in said.lower():
        return ""
    return f"{what} was refused, but not with “{happening.refused}”: {said}"


def run(scenario: Scenario) -> list[Failure]:
    """Return everything that comes out otherwise than the scenario says; nothing is right."""
    return list(failures(scenario))


def failures(scenario: Scenario) -> Iterator[Failure]:
    """Yield what comes out otherwise than the scenario says, playing no further than is asked."""
    play = Play(scenario.procedure)
    for item in in_order(scenario):
        match item:
            case Happening():
                play.take(item)
            case Letter():
                play.write(item)
            case Expectation():
                play.look(item)
        yield from play.failures
        play.failures.clear()


def in_order(scenario: Scenario) -> Iterator[Happening | Expectation | Letter]:
    """Yield entries and expectations in order of time; at one moment, entries first.

    Letters come right after the entry that each is written after.
    """
    waiting = sorted(scenario.expect, key=lambda expectation: expectation.at)
    for happening in scenario.entries:
        while waiting and waiting[0].at < happening.recorded:
            yield waiting.pop(0)
        yield happening
        yield from (letter for letter in scenario.letters if letter.after == happening.id)
    yield from waiting


def standing_at(scenario: Scenario, moment: datetime) -> Play:
    """Return the scenario played up to a moment, that moment included."""
    play = Play(scenario.procedure)
    for happening in scenario.entries:
        if happening.recorded <= moment:
            play.take(happening)
    play.wait_until(moment, Place(str(scenario.path)))
    return play
