"""Makes the cases of a demonstration, entry by entry, through the same verbs as everybody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from candour import policies
from candour.bodies.models import Body, Service
from candour.cases.actions import (
    Opened,
    Recorded,
    link_experiences,
    open_case,
    record,
    seal_rating,
    wake,
)
from candour.cases.models import CaseEntry
from candour.database.row_security import acting_for
from candour.engine import Draft
from candour.engine.london import LONDON
from candour.engine.vocabulary.ratings import RATED, SEALED
from candour.people.actor import Actor
from candour.people.models import Post
from candour.policies.calendars import calendar
from candour.site.demonstration import FOLDER
from candour.site.demonstration.days import Timetable
from candour.site.demonstration.experiences import experiences_of
from candour.site.demonstration.files import read

NAMES = UUID("3b0c2f3a-52f3-5d0c-8f0e-d5a3c7f1e2b4")


class CaseCannotBeMade(Exception):
    """A procedure refused what a case of the demonstration says; the file has to be put right."""

    def __init__(self, name: str, told: Mapping[str, Any], outcome: object) -> None:
        super().__init__(f"{name}.yaml, entry “{told['id']}”: {outcome}")


@dataclass(frozen=True, slots=True)
class Script:
    """One case as its file tells it, and whose it is."""

    name: str
    body: Body
    service: Service | None
    procedure: str
    entries: list[dict[str, Any]]
    days: Timetable

    @property
    def begins(self) -> datetime:
        """When the case was opened."""
        return self.days.moment(self.entries[0]["on"])

    def entry_id(self, entry: str) -> str:
        """Return the id that an entry of this case always gets."""
        return entry_id(self.name, entry)


def entry_id(case: str, entry: str) -> str:
    """Return the id that an entry of a demonstration's case always gets."""
    return str(uuid5(NAMES, f"{case}/{entry}"))


def make_cases(bodies: Mapping[str, Body], as_of: datetime, *, with_experiences: bool) -> int:
    """Make the cases that are missing, the first opened first, and return how many that was.

    A case is made whole or, on any trouble, not at all.

    Raises:
        CaseCannotBeMade: a procedure refused an entry.
    """
    missing = list(_missing(sorted((FOLDER / "cases").glob("*.yaml")), bodies))
    services = {service.name: service for service in Service.objects.all()}
    scripts = [_script(path, bodies, services, as_of) for path in missing]
    cast = _cast(bodies)
    for script in sorted(scripts, key=lambda each: each.begins):
        with acting_for([script.body.pk]):
            _Telling(script, cast, with_experiences=with_experiences).tell(as_of)
    return len(scripts)


def _missing(paths: list[Path], bodies: Mapping[str, Body]) -> Iterable[Path]:
    openings = {entry_id(path.stem, "open"): path for path in paths}
    with acting_for(body.pk for body in bodies.values()):
        found = CaseEntry.objects.filter(pk__in=openings).values_list("pk", flat=True)
        there = {str(pk) for pk in found}
    return (path for opening, path in openings.items() if opening not in there)


def _script(
    path: Path, bodies: Mapping[str, Body], services: Mapping[str, Service], as_of: datetime
) -> Script:
    told = read(path)
    body = bodies[told["body"]]
    return Script(
        name=path.stem,
        body=body,
        service=services[told["service"]] if "service" in told else None,
        procedure=told["procedure"],
        entries=told["entries"],
        days=Timetable(as_of, calendar(body.nation)),
    )


def _cast(bodies: Mapping[str, Body]) -> dict[tuple[int, str], Actor]:
    """Return who acts in each role of each body: the first to hold it."""
    posts = Post.objects.filter(body__in=bodies.values()).select_related("user", "body")
    cast: dict[tuple[int, str], Actor] = {}
    for post in posts.order_by("pk"):
        cast.setdefault((post.body_id, post.role), Actor.from_post(post))
    return cast


@dataclass(slots=True)
class _Telling:
    """One case being made: its number, and the instant of the entry before."""

    script: Script
    cast: Mapping[tuple[int, str], Actor]
    with_experiences: bool
    case_id: int = 0
    before: datetime | None = field(default=None)

    def tell(self, as_of: datetime) -> None:
        for told in self.script.entries:
            at = self.script.days.moment(told["on"])
            # Bank holidays may put days told in weeks behind days told in working days.
            self.before = max(at, self.before or at)
            self._tell_entry(told, self.before)
        wake(self.case_id, as_of)

    def _tell_entry(self, told: Mapping[str, Any], at: datetime) -> None:
        actor = self.cast[self.script.body.pk, told["by"]]
        if told["kind"] == "case_opened":
            self._open(told, actor, at)
        elif told["kind"] == SEALED:
            self._seal(told, actor, at)
        elif told["kind"] != "experience_linked":
            outcome = record(
                case_id=self.case_id,
                actor=actor,
                draft=self._draft(told, at),
                expected_seq=None,
                as_of=at,
            )
            self._check(told, outcome)
        elif self.with_experiences:
            self._link(told, actor, at)

    def _open(self, told: Mapping[str, Any], actor: Actor, at: datetime) -> None:
        outcome = open_case(
            actor=actor,
            procedure=policies.load(self.script.procedure),
            body=self.script.body,
            service=self.script.service,
            draft=self._draft(told, at),
            as_of=at,
        )
        if not isinstance(outcome, Opened):
            raise CaseCannotBeMade(self.script.name, told, outcome)
        self.case_id = outcome.case_id

    def _seal(self, told: Mapping[str, Any], actor: Actor, at: datetime) -> None:
        with acting_for([self.script.body.pk], person=actor.user_id):
            outcome = seal_rating(
                case_id=self.case_id,
                actor=actor,
                draft=self._draft(told, at),
                expected_seq=None,
                as_of=at,
            )
        self._check(told, outcome)

    def _link(self, told: Mapping[str, Any], actor: Actor, at: datetime) -> None:
        wanted = told["data"]["experiences"]
        found = experiences_of(wanted["of_service"], most=wanted["most"], until=at)
        if found:
            outcome = link_experiences(
                case_id=self.case_id,
                actor=actor,
                experiences=found,
                draft_id=self.script.entry_id(told["id"]),
                as_of=at,
                why=told["data"]["why"],
            )
            self._check(told, outcome)

    def _draft(self, told: Mapping[str, Any], at: datetime) -> Draft:
        data = {name: self._value(value) for name, value in told["data"].items()}
        if told["kind"] == "case_opened" and self.script.service is not None:
            data.setdefault("service", self.script.service.name)
        return Draft(
            id=self.script.entry_id(told["id"]),
            kind=RATED if told["kind"] == SEALED else told["kind"],
            happened_at=at,
            author="",
            role=told["by"],
            data=data,
            refers_to=tuple(self.script.entry_id(each) for each in told.get("refers_to", [])),
        )

    def _value(self, value: Any) -> Any:  # noqa: ANN401  # anything an entry may hold
        if isinstance(value, Mapping) and set(value) == {"day"}:
            return self.script.days.day(value["day"]).isoformat()
        if isinstance(value, Mapping) and set(value) == {"day", "at"}:
            day = self.script.days.day(value["day"])
            return datetime.combine(day, time.fromisoformat(value["at"]), LONDON).isoformat()
        return value

    def _check(self, told: Mapping[str, Any], outcome: object) -> None:
        if not isinstance(outcome, Recorded):
            raise CaseCannotBeMade(self.script.name, told, outcome)
