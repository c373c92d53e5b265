"""The decisions of a case, with their reasons, and which of them were published when."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Standing
from candour.engine.decisions import DECISION, Decision, decisions, public_decisions
from candour.web import dates
from candour.web.presenters.addresses import entry_anchor
from candour.web.presenters.naming import role_title, value_lines


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision: when, what, why, by whom, who was consulted.

    `public` is whether it belongs to the public register; `published` the day on which it was
    published, and `due` the day by which it has to be, while it is not.
    """

    anchor: str
    on: str
    what: str
    reason: str
    by: str
    consulted: str
    public: bool
    published: str
    due: str


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """The decisions, newest first; `register` is whether any kind of them is to be published."""

    lines: tuple[DecisionLine, ...]
    register: bool

    @property
    def public(self) -> tuple[DecisionLine, ...]:
        """The lines of the public register."""
        return tuple(line for line in self.lines if line.public)


def decisions_page(standing: Standing) -> DecisionsPage:
    """Return every decision of a case as it holds now."""
    return DecisionsPage(
        tuple(_line(standing, each) for each in reversed(decisions(standing))),
        register=bool(public_decisions(standing.procedure)),
    )


def _line(standing: Standing, each: Decision) -> DecisionLine:
    entry, owed = each.entry, each.owed
    fields = {known.name: known for known in standing.procedure.kind(DECISION).fields}

    def words(name: str) -> str:
        known, value = fields.get(name), entry.data.get(name)
        return ", ".join(value_lines(known, value)) if known and value is not None else ""

    return DecisionLine(
        anchor=entry_anchor(entry.id),
        on=dates.day(entry.happened_at),
        what=words("decision"),
        reason=str(entry.data.get("reason", "")),
        by=role_title(standing.procedure, entry.role),
        consulted=words("consulted") or (_("Chair") if entry.data.get("chair_consulted") else ""),
        public=each.public,
        published=dates.day(each.published_at) if each.published_at else "",
        due=dates.day(owed.due.on) if owed and owed.is_open and owed.due.on else "",
    )
