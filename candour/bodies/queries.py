"""Reads of the directory: who does what on a day, and who came after whom."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from candour.bodies.effective import holds_on
from candour.bodies.handing_on import Step, holders, steps_by_body
from candour.bodies.models import Body, BodyFunction, Contact, Function, Service, Succession

# Whoever holds one of these may lead a case; who only provides services never does.
LEADING = tuple(function for function in Function if function is not Function.PROVIDER)


class CircularSuccessionError(ValueError):
    """Bodies hand a function round in a circle on one day, so that nobody holds it."""

    def __init__(self, body: Body, function: str, day: date) -> None:
        super().__init__(
            f"The successions after {body} for “{function}” lead in a circle, so nobody can be "
            f"said to hold it on {day.isoformat()}. Correct the successions of {body} in the "
            "directory."
        )


def body_named(slug: str) -> Body | None:
    """Return the body of this slug, whenever it existed, or None."""
    return Body.objects.filter(slug=slug).first()


def bodies_holding(function: str, day: date, *, area: str | None = None) -> QuerySet[Body]:
    """Return the bodies that exist and hold this function on this day, for this area if given."""
    held = BodyFunction.objects.on(day).filter(body=OuterRef("pk"), function=function)
    if area is not None:
        held = held.filter(area=area)
    return Body.objects.on(day).filter(Exists(held))


def bodies_that_may_lead(day: date) -> QuerySet[Body]:
    """Return the bodies that exist on this day and hold a function for which cases are led."""
    held = BodyFunction.objects.on(day).filter(body=OuterRef("pk"), function__in=LEADING)
    return Body.objects.on(day).filter(Exists(held))


def functions_of(body: Body, day: date) -> list[str]:
    """Return the functions that this body holds on this day, each once, in order of name."""
    held = BodyFunction.objects.on(day).filter(body=body)
    return sorted(set(held.values_list("function", flat=True)))


@dataclass(frozen=True, slots=True)
class Identity:
    """What a body is on a day, as a procedure asks whether it is of it.

    Attributes:
        functions: those that it holds.
        names: its own in both languages, and those of every body that it came after.
    """

    functions: frozenset[str]
    names: frozenset[str]


def identity_of(body: Body, day: date) -> Identity:
    """Return what a body is on this London day. Two queries, however long its line of succession.

    A body that was succeeded in one function only still passes its name on: which procedures its
    successor may use is told by the function that these ask for.
    """
    before: dict[int, list[Body]] = defaultdict(list)
    for step in Succession.objects.filter(on__lte=day).select_related("predecessor"):
        before[step.successor_id].append(step.predecessor)
    line, waiting = {body.pk: body}, [body.pk]
    while waiting:
        for earlier in before[waiting.pop()]:
            if earlier.pk not in line:
                line[earlier.pk] = earlier
                waiting.append(earlier.pk)
    names = {name for one in line.values() for name in (one.name, one.name_cy) if name}
    return Identity(frozenset(functions_of(body, day)), frozenset(names))


def holders_after(body: Body, function: str, day: date) -> list[Body]:
    """Return who holds on this day what this body once held: itself, or those that came after.

    A function may pass on several times, be shared out among several bodies, or come back. One
    query, however long the line.

    Args:
        body: the body that held the function.
        function: which function, as one body's functions may go different ways.
        day: the London day asked about; a succession counts from its own day on.

    Returns:
        The holders in order of name; the body itself when nothing has been passed on by then.

    Raises:
        CircularSuccessionError: the bodies pass the function round on one and the same day.
    """
    successions = Succession.objects.filter(function=function, on__lte=day)
    known, steps = {body.pk: body}, []
    for each in successions.select_related("successor"):
        known[each.successor_id] = each.successor
        steps.append(Step(each.predecessor_id, each.successor_id, each.on))
    found = holders(body.pk, steps_by_body(steps), day)
    if not found:
        raise CircularSuccessionError(body, function, day)
    return sorted((known[number] for number in found), key=lambda holder: holder.name)


def services_on(day: date, *, search: str = "", host: Body | None = None) -> QuerySet[Service]:
    """Return the services open on this day, whose name contains the words searched for."""
    found = Service.objects.on(day).select_related("provider", "host_authority")
    if search.strip():
        found = found.filter(name__icontains=search.strip())
    if host is not None:
        found = found.filter(host_authority=host)
    return found


def contacts_at(body: Body, day: date, *, role: str | None = None) -> QuerySet[Contact]:
    """Return whom to reach at this body on this day, in this role if one is given."""
    found = Contact.objects.filter(holds_on(day), body=body).order_by("role", "name")
    return found if role is None else found.filter(role=role)
