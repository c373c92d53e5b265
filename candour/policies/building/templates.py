"""A template of the engine from the parts of a checked pack."""

from candour.engine.templates import ROLE, Audience, RecipientRule, Recording, Template
from candour.policies.building.parts import Plain, ids, patterns, words


def template(name: str, part: Plain) -> Template:
    """Return the template that a checked part describes."""
    records = part.get("records")
    return Template(
        id=name,
        document=part["document"],
        audience=Audience(part["audience"]),
        subject=words(part["subject"]),
        text=words(part["text"]),
        about=patterns(part.get("about")),
        to=_rules(part.get("to")),
        copied_to=_rules(part.get("copied_to")),
        records=Recording(records["entry"], records.get("with", {})) if records else None,
        basis=part.get("basis", ""),
        purpose=words(part.get("purpose")),
        signed_by=part.get("signed_by", ""),
        clauses=ids(part.get("clauses")),
    )


def _rules(listed: str | Plain | list[str | Plain] | None) -> tuple[RecipientRule, ...]:
    if listed is None:
        return ()
    return tuple(map(_rule, listed if isinstance(listed, list) else [listed]))


def _rule(part: str | Plain) -> RecipientRule:
    return RecipientRule(part) if isinstance(part, str) else RecipientRule(ROLE, part["role"])
