"""People of the directory who can be invited from outside: whom a case can ask by a link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from candour.bodies.models import Function
from candour.engine import Entry
from candour.letters.directory import Directory, Organisation
from candour.portal.seeing import OF_THE_PLAN

# What sort of recipient the holder of a function is.
SORT_OF = {
    Function.REGULATOR: "regulator",
    Function.COMMISSIONER: "commissioners",
    Function.SAFEGUARDING: "safeguarding",
    Function.SCRUTINY: "scrutiny",
    Function.NATIONAL_VOICE: "national_body",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the directory knows an address of."""

    key: str
    name: str
    post: str
    organisation: str
    email: str
    sort: str


def people_of(directory: Directory) -> tuple[Person, ...]:
    """Return everybody of the directory who can be written to about a case.

    The provider comes first, then whom the routes of its service name.
    """
    found = list(_desks(directory.provider, OF_THE_PLAN)) if directory.provider else []
    routed = {each.id for function in SORT_OF for each, _route in directory.routed(function)}
    for body in sorted(directory.all, key=lambda body: body.id not in routed):
        if body.id == directory.lead.id:
            continue
        held = {function for function, _area in body.functions}
        sort = next((sort for function, sort in SORT_OF.items() if function in held), "others")
        found += _desks(body, sort)
    return tuple({person.key: person for person in found}.values())


def _desks(body: Organisation, sort: str) -> Iterable[Person]:
    for desk in body.desks:
        if desk.email:
            post = desk.role.replace("_", " ")
            name = desk.name or f"{body.name}, {post}"
            key = f"{body.id}:{desk.role}:{desk.email.casefold()}"
            yield Person(key, name, post if desk.name else "", body.name, desk.email, sort)


def meant_by(people: Sequence[Person], chosen: Sequence[Entry]) -> Person | None:
    """Return whom an entry was sent to, where the directory knows them; else the provider."""
    told = " ".join(str(entry.data.get("to") or "") for entry in chosen).casefold()
    named = (each for each in people if each.organisation.casefold() in told)
    return next(named, next((each for each in people if each.sort == OF_THE_PLAN), None))


def person_words(person: Person) -> str:
    """Return somebody by name, post and organisation, with the address they are written to at."""
    known = (person.post, person.organisation) if person.post else (person.organisation,)
    about = ", ".join(part for part in known if part not in person.name)
    return f"{person.name} ({about}), {person.email}" if about else f"{person.name}, {person.email}"
