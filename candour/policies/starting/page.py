"""The page of YAML with which a body’s pack begins."""

import json
from collections.abc import Iterable, Iterator

from candour.engine.procedure import Procedure
from candour.policies.starting.body import Line, NewBody

_SCRUTINY = ("scrutiny_care", "scrutiny_health")
_COMMISSIONERS = {"commissioner", "commissioners"}


def page(body: NewBody, base: Procedure) -> str:
    """Return the pack of `body` over `base`, as the text of its only file.

    Roles and referrals that the base does not have are left out.
    """
    parts = (_heading(body), _review(body), _sources(body), _roles(body, base))
    lines = (line for part in (*parts, _contacts(body, base), _hints(base)) for line in part)
    return "\n".join(lines) + "\n"


def _heading(body: NewBody) -> Iterator[str]:
    en, cy = body.name
    councils = _listed(body.councils, "and")
    cynghorau = _listed(body.councils, "a")
    yield f"# {' '.join(en.split())}: what is its own. The rest it takes over from {body.based_on}."
    yield f"# See all of it:  candour procedures show {body.id}"
    yield f"# Check it after every change:  candour procedures lint {body.id}"
    yield f"procedure: {body.id}"
    yield f"version: {_text(body.approved.isoformat()[:7])}   # change it with every new version"
    yield "title:"
    yield f"  en: {_text(f'{en}: raising and escalating concerns')}"
    yield f"  cy: {_text(f'{cy}: codi ac uwchgyfeirio pryderon')}"
    yield "summary:"
    yield f"  en: {_text(f'What {en} does with a concern about care in the area of {councils}. Commissioner: {body.commissioner}.')}"  # noqa: E501 - one text
    yield f"  cy: {_text(f'Yr hyn y mae {cy} yn ei wneud â phryder am ofal yn ardal {cynghorau}. Comisiynydd: {body.commissioner}.')}"  # noqa: E501 - one text
    yield f"based_on: {body.based_on}"
    yield f"nation: {body.nation}"
    names = ", ".join(_text(name) for name in dict.fromkeys(body.name))
    yield f"for_bodies: {{named: [{names}]}}   # whose it is, by the directory"
    yield f"calendar: {body.calendar}   # whose bank holidays the clocks go by"
    yield f"valid: {{from: {body.approved}, to: null}}"


def _review(body: NewBody) -> Iterator[str]:
    yield ""
    yield "# The policy itself is reviewed; lint and the procedure’s page say when that is overdue."
    yield "review:"
    yield f"  approved: {body.approved}"
    yield f"  every: {_text(body.every)}"
    if body.review is not None:
        yield f"  next: {body.review}"
    yield f"  officer: {_text(body.chief_executive[0])}"


def _sources(body: NewBody) -> Iterator[str]:
    name = body.name[0]
    yield ""
    yield "# Your own document. The base’s clauses and sources stand beside it."
    yield "sources:"
    yield f"  - id: {''.join(word[0] for word in body.id.split('_') if word).upper()}"
    yield f"    title: {_text('Escalation policy')}"
    yield f"    publisher: {_text(name)}"
    yield f"    dated: {body.approved}"


def _roles(body: NewBody, base: Procedure) -> Iterator[str]:
    titles = {"chief_executive": body.chief_executive, "chair": body.chair}
    known = {role: words for role, words in titles.items() if role in base.roles}
    if known:
        yield from ("", "# Who decides, by your own titles.", "roles:")
    for role, (en, cy) in known.items():
        yield f"  {role}:"
        yield f"    title: {{en: {_text(en)}, cy: {_text(cy)}}}"
        yield from _clauses(base.roles[role].clauses)


def _contacts(body: NewBody, base: Procedure) -> Iterator[str]:
    known = {option.id for option in base.options.get("referrals", ())}
    lines = [(line, tuple(one for one in line.serves if one in known)) for line in body.lines]
    lines = [(line, serves) for line, serves in lines if serves]
    scrutiny = tuple(one for one in _SCRUTINY if one in known)
    if not lines and not scrutiny:
        return
    yield from (
        "",
        "# Whom to turn to: at any moment, people are shown the number that answers then.",
    )
    yield "contacts:"
    for number, (line, serves) in enumerate(lines, start=1):
        yield f"  safeguarding_{number}:"
        yield from _line(line, serves)
        yield from _clauses(_why(base, serves))
    if scrutiny:
        yield "  scrutiny_committee:"
        yield f"    title: {{en: {_text(body.scrutiny)}, cy: {_text(body.scrutiny)}}}"
        yield f"    for: [{', '.join(scrutiny)}]"
    for referral in sorted(known & _COMMISSIONERS):
        yield f"  {referral}:"
        yield f"    title: {{en: {_text(body.commissioner)}, cy: {_text(body.commissioner)}}}"
        yield f"    for: [{referral}]"


def _line(line: Line, serves: Iterable[str]) -> Iterator[str]:
    yield f"    title: {{en: {_text(line.name)}, cy: {_text(line.name)}}}"
    yield f"    for: [{', '.join(serves)}]"
    yield f"    phone: {_text(line.phone)}"
    if line.hours:
        yield "    hours:   # London time; closed on bank holidays"
    for days, opens, closes in line.hours:
        yield f"      - {{days: [{', '.join(days)}], from: {_text(opens)}, to: {_text(closes)}}}"
    if line.otherwise:
        yield "    otherwise: true   # answers while those with hours do not"


def _why(base: Procedure, serves: Iterable[str]) -> tuple[str, ...]:
    """Return the clauses for which the base itself names contacts for these referrals."""
    wanted = set(serves)
    fitting = (one.clauses for one in base.contacts.values() if wanted & set(one.serves))
    return tuple(dict.fromkeys(clause for clauses in fitting for clause in clauses))


def _hints(base: Procedure) -> Iterator[str]:
    clause = next(iter(base.clauses), "XX-01")
    duty = next(iter(base.duties), "a_duty")
    yield ""
    yield "# Where your policy says more than the base, write its clauses in your own words, and"
    yield "# name those of the base that they stand for; yours are then cited in their place:"
    yield "# clauses:"
    yield f'#   - {{id: OUR-01, at: "1", kind: clock, does: "…", carried_by: [{clause}]}}'
    yield "# Where it says something else, give a part of the same name, or leave the base’s out:"
    yield "# without:"
    yield f"#   duties: [{duty}]"


def _clauses(ids: tuple[str, ...]) -> Iterator[str]:
    if ids:
        yield f"    clauses: [{', '.join(ids)}]"


def _listed(names: tuple[str, ...], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _text(words: str) -> str:
    """Return words as YAML text in quotation marks, on one line."""
    return json.dumps(" ".join(words.split()), ensure_ascii=False)
