"""Who gets a letter: the rule of its template, resolved from the case and the directory.

Pure: nothing is read here but what is handed in. `proposed` names everybody whom the rule says must
get it; a line whose address nobody knows stays, so that it is posted or a contact is added.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from candour.bodies.models import Function
from candour.engine import Standing
from candour.engine.fields import as_values
from candour.engine.templates import RECIPIENTS, ROLE, RecipientRule, Template
from candour.engine.words import same
from candour.letters.directory import Desk, Directory, Organisation, Route
from candour.letters.recipients import Known, Proposed

RESPONSIBLE_INDIVIDUAL = "responsible_individual"
# Fields of entries that name the organisations which take part in a case.
NAMING = {
    "meeting_called": ("invited",),
    "attendance_taken": ("present",),
    "meeting_held": ("attended",),
    "case_opened": ("lead_agency", "host_authority", "host_authority_name"),
}
PLACING = ("placing_authority", "placing_authorities")
# The desk that is meant at an organisation, the first that there is.
DESKS: dict[str, tuple[str, ...]] = {
    "provider": ("provider", "registered_manager", "manager", "enquiries"),
    "regulator": ("regulator", "notifications", "enquiries"),
    "cqc": ("regulator", "notifications", "enquiries"),
    "ofsted": ("regulator", "notifications", "enquiries"),
    "council": ("quality", "commissioning", "enquiries"),
    "cqc_enquiries": ("enquiries",),
    "cqc_regional_manager": ("regional_manager",),
    "commissioners": ("commissioning", "contracts_team", "enquiries"),
    "placing_authorities": ("commissioning", "contracts_team", "enquiries"),
    "safeguarding": ("safeguarding",),
    "scrutiny": ("scrutiny", "enquiries"),
    "national_body": ("concerns", "enquiries"),
    "members": ("meetings", "contracts_team", "enquiries"),
}
HOLDING = {
    "regulator": Function.REGULATOR,
    "cqc": Function.REGULATOR,
    "ofsted": Function.REGULATOR,
    "council": Function.SAFEGUARDING,
    "cqc_enquiries": Function.REGULATOR,
    # Healthwatch England’s own, who is copied into what goes to CQC (HE-07).
    "cqc_regional_manager": Function.NATIONAL_VOICE,
    "commissioners": Function.COMMISSIONER,
    "safeguarding": Function.SAFEGUARDING,
    "scrutiny": Function.SCRUTINY,
    "national_body": Function.NATIONAL_VOICE,
}
# Where several bodies hold a function, the one that is meant.
CALLED = {
    "cqc": "Care Quality Commission",
    "cqc_enquiries": "Care Quality Commission",
    "ofsted": "Ofsted",
}
EVERYWHERE = (Function.REGULATOR, Function.NATIONAL_VOICE)  # one for the nation


def named_in(standing: Standing) -> tuple[str, ...]:
    """Return every name of an organisation that the entries of a case give, each once."""
    found = [
        str(value).strip()
        for kind, fields in NAMING.items()
        for entry in standing.by_kind.get(kind, ())
        for name in fields
        for value in _labels(standing, kind, name, as_values(entry.data.get(name)))
    ]
    found += _placing(standing)
    return tuple(dict.fromkeys(name for name in found if name))


def _labels(standing: Standing, kind: str, name: str, values: Sequence[object]) -> Iterator[object]:
    """Yield values in words: what is chosen from a list by its label."""
    known = standing.procedure.kind(kind).field(name)
    labels = {option.id: option.label.en for option in known.options} if known else {}
    for value in values:
        yield labels.get(str(value), value)


def _placing(standing: Standing) -> list[str]:
    return [
        str(value).strip()
        for entry in standing.chronicle
        for name in PLACING
        for value in as_values(entry.data.get(name))
    ]


def proposed(template: Template, standing: Standing, directory: Directory) -> tuple[Proposed, ...]:
    """Return everybody whom a template's rule names, each address once, letters before copies."""
    lines = [
        each
        for copy, rules in ((False, template.to), (True, template.copied_to))
        for rule in rules
        for each in _resolved(rule, copy=copy, standing=standing, directory=directory)
    ]
    return tuple(_each_once(lines))


def _each_once(lines: Iterable[Proposed]) -> Iterator[Proposed]:
    """Yield each address once, and each line under a key of its own.

    A key stands for one message: two desks under one rule must never share it, or one of them would
    be told nothing.
    """
    seen: set[str] = set()
    keys: set[str] = set()
    for line in lines:
        told = line.email.casefold() or same(line.name)
        same_one = line.email.casefold() or f"{line.key}:{told}"
        if same_one in seen:
            continue
        seen.add(same_one)
        named = line if line.key not in keys else replace(line, key=f"{line.key}:{told}")
        keys.add(named.key)
        yield named


def _resolved(
    rule: RecipientRule, *, copy: bool, standing: Standing, directory: Directory
) -> Iterator[Proposed]:
    found = list(_lines(rule, standing, directory)) or [_nobody(rule)]
    yield from (replace(line, copy=copy) for line in found)


def _lines(rule: RecipientRule, standing: Standing, directory: Directory) -> Iterator[Proposed]:
    if rule.name == ROLE:
        yield from _holders(rule, directory)
    elif rule.name in ("provider", RESPONSIBLE_INDIVIDUAL):
        if directory.provider is not None:
            yield _at_provider(rule.name, directory.provider)
    elif rule.name == "members":
        yield from _members(standing, directory)
    elif rule.name == "placing_authorities":
        yield from _named(rule.name, _placing(standing), directory)
    elif rule.name == "regulator":
        yield from _regulators(standing, directory)
    elif rule.name in HOLDING:
        yield from _holding(rule.name, directory)
    else:
        yield from _listed(rule.name, directory)


def _holders(rule: RecipientRule, directory: Directory) -> Iterator[Proposed]:
    for held in directory.posts:
        if held.role == rule.role:
            yield Proposed(
                key=f"role:{rule.role}:{same(held.name)}",
                rule=str(rule),
                copy=False,
                name=held.name,
                role=held.title or rule.role,
                body=directory.lead.name,
                email=held.email,
                language=held.language,
                known=Known.POST,
                since=held.since,
                body_id=directory.lead.id,
            )


def _at_provider(rule: str, provider: Organisation) -> Proposed:
    """Return the desk of a provider that is meant; never one that merely happens to be there."""
    if rule == RESPONSIBLE_INDIVIDUAL:
        desk = _desk(provider, (RESPONSIBLE_INDIVIDUAL,))
        return _at(rule, provider, desk or Desk(RESPONSIBLE_INDIVIDUAL, "", ""))
    return _at(rule, provider, _desk(provider, DESKS["provider"]))


def _members(standing: Standing, directory: Directory) -> Iterator[Proposed]:
    """Yield the agencies of the case: those that lead and share it, and those invited to it."""
    for each in (directory.lead, *directory.sharing):
        yield _at("members", each, _desk(each, DESKS["members"]))
    names = [name for name in _latest_named(standing) if not is_of_provider(name, directory)]
    yield from _named("members", names, directory)


def _latest_named(standing: Standing) -> Iterator[str]:
    """Yield who was invited to the last meeting and who took part in it."""
    for kind, fields in NAMING.items():
        entries = standing.by_kind.get(kind, ())
        if kind == "case_opened" or not entries:
            continue
        for name in fields:
            values = as_values(entries[-1].data.get(name))
            yield from (str(value) for value in _labels(standing, kind, name, values))


def is_of_provider(name: str, directory: Directory) -> bool:
    """Whether a name is the provider's, its service's, or that of somebody who speaks for it."""
    spoken = same(name)
    roles = ("responsible individual", "registered manager", "provider", "unigolyn cyfrifol")
    if any(role in spoken for role in roles):
        return True
    known = [directory.service]
    if directory.provider is not None:
        known += [directory.provider.name, directory.provider.name_cy]
        known += [desk.name for desk in directory.provider.desks]
    return any(same(one) in spoken for one in known if one)


def _named(rule: str, names: Iterable[str], directory: Directory) -> Iterator[Proposed]:
    for name in dict.fromkeys(name.strip() for name in names if name.strip()):
        body = next((each for each in directory.all if each.is_called(name)), None)
        if body is not None:
            yield _at(rule, body, _desk(body, DESKS.get(rule, ())))
        else:
            yield replace(
                _nobody(RecipientRule(rule)),
                key=f"{rule}:{same(name)}",
                body=name,
                role="",
                known=Known.CASE,
            )


def _regulators(standing: Standing, directory: Directory) -> Iterator[Proposed]:
    """Yield the regulator that the case names; every one of the nation where it names none."""
    opened = standing.by_kind.get("case_opened", ())
    named = str(opened[0].data.get("regulator", "")) if opened else ""
    rule = named if named in CALLED else "regulator"
    yield from (replace(line, rule="regulator") for line in _holding(rule, directory))


def _holding(rule: str, directory: Directory) -> Iterator[Proposed]:
    """Yield every body that holds a function for the nation, or for the service's area.

    The routes of the directory go first; names of areas are compared only where it keeps none.
    Where the rule means one of several by its name, only that one.
    """
    function, name = HOLDING[rule], CALLED.get(rule, "")
    routed = [
        (each, route)
        for each, route in directory.routed(function)
        if not name or each.is_called(name)
    ]
    if routed:
        yield from (_at(rule, each, _routed_desk(rule, each, way)) for each, way in routed)
        return
    for each in directory.all:
        areas = each.areas(function)
        if name and not each.is_called(name):
            continue
        if areas and (function in EVERYWHERE or _serves(each, areas, directory)):
            yield _at(rule, each, _desk(each, DESKS[rule]))


def _routed_desk(rule: str, body: Organisation, route: Route) -> Desk | None:
    """Return the desk that a route names where it has an address, else the one that is meant."""
    named = next((desk for desk in body.desks if desk.number == route.desk), None)
    usual = _desk(body, DESKS[rule])
    if named is None or rule == "council":  # the council's own desk, not its safeguarding team
        return usual or named
    return named if named.email else usual or named


def _serves(body: Organisation, areas: Sequence[str], directory: Directory) -> bool:
    """Whether a body's area takes in the service's, as far as their names tell."""
    near = directory.host or directory.lead
    if body.id in {near.id, directory.lead.id, *(each.id for each in directory.sharing)}:
        return True
    wanted = {same(area) for _, area in near.functions if area}
    return any(a and w and (w in a or a in w) for a in map(same, areas) for w in wanted)


def _listed(rule: str, directory: Directory) -> Iterator[Proposed]:
    """Yield the desks kept under the rule's own name by the bodies nearest to the case."""
    near = (directory.lead, *filter(None, (directory.host,)))
    for body in {each.id: each for each in near}.values():
        for desk in body.desks:
            if desk.role == rule:
                yield _at(rule, body, desk)


def _desk(body: Organisation, roles: Sequence[str]) -> Desk | None:
    """Return the desk meant by the first of these roles that has an address, or that there is."""
    meant = [desk for role in roles for desk in body.desks if desk.role == role]
    return next((desk for desk in meant if desk.email), next(iter(meant), None))


def _at(rule: str, body: Organisation, desk: Desk | None) -> Proposed:
    told = desk or Desk("", "", "")
    return Proposed(
        key=f"{rule}:{body.id}:{told.role}",
        rule=rule,
        copy=False,
        name=told.name,
        role=told.role.replace("_", " "),
        body=body.name,
        email=told.email,
        language="en",
        known=Known.DIRECTORY,
        since=told.since,
        body_id=body.id,
    )


def _nobody(rule: RecipientRule) -> Proposed:
    """Return the line of a rule that leads to nobody known."""
    words = RECIPIENTS.get(rule.name)
    return Proposed(
        key=f"{rule}:nobody",
        rule=str(rule),
        copy=False,
        name="",
        role=words.en if words else rule.role.replace("_", " "),
        body="",
        email="",
        language="en",
        known=Known.NOWHERE,
    )
