"""Drafts as they come from outside, made safe to propose."""

from dataclasses import replace
from uuid import UUID, uuid5

from candour.cases.actions.results import faulty
from candour.engine import SYSTEM, Draft, Refusal
from candour.people.actor import Actor

NUL = "\x00"
# Names made under this one never meet those that a form makes up.
NAMES = UUID("7f6d0f0e-6f0a-5c1e-9d57-0c4b4d8b9a11")


def by_actor(draft: Draft, actor: Actor) -> Draft | Refusal:
    """Return the draft with its id in one spelling, and made by whoever really makes it."""
    try:
        draft_id = str(UUID(draft.id))
    except (ValueError, AttributeError, TypeError):
        return faulty("id", "This form has no usable number. Open it again from the case.")
    unkept = next(
        (name for name in ("body", "override", "audience") if not _kept(getattr(draft, name))), None
    )
    if unkept or not all(_kept(value) for value in _texts(draft)):
        return faulty(
            unkept or "", "It holds a character that cannot be kept. Delete it and type it again."
        )
    author = SYSTEM if actor.user_id is None else str(actor.user_id)
    return replace(draft, id=draft_id, author=author, role=actor.role)


def named_id(*parts: str) -> str:
    """Return the one id that these parts always give, so that doing a thing twice adds nothing."""
    return str(uuid5(NAMES, "\n".join(parts)))


def _texts(draft: Draft) -> list[str]:
    found: list[str] = []
    waiting: list[object] = list(draft.data.values())
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list | tuple):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend([*value, *value.values()])
    return found


def _kept(text: str) -> bool:
    """Whether it has neither NUL nor half a character, which no database keeps."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return NUL not in text
