"""The merge fields that a text may use: the vocabulary of letters, with who may not see which."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from candour.documents.facts.seen import NO_FREE_TEXT, closed_field, closed_kind
from candour.engine.errors import nearest
from candour.engine.fields import Field, FieldType
from candour.engine.kinds import Kind
from candour.engine.procedure import Procedure
from candour.engine.templates import Audience, Template

EACH: Final = "[]"  # stands in a path for any one of a list
HAPPENED: Final = "happened_on"
TO_THE_MINUTE: Final = "happened_at"  # for forms on which the hour counts
RECIPIENT: Final = "recipient"
AGREED: Final = "rating_agreed"

ATTENDANCE: Final = ("present", "people", "apologies", "acknowledged")
# path -> the audiences that never see it
_PLAIN: Final[Mapping[str, frozenset[Audience]]] = {
    **dict.fromkeys(
        (
            "letter.date",
            *(f"case.{name}" for name in ("ref", "step", "opened_on")),
            *(f"service.{name}" for name in ("name", "address", "postcode", "kind")),
            "provider.name",
            *(f"body.{name}" for name in ("name", "address", "phone", "email")),
            *(f"sender.{name}" for name in ("name", "post")),
            *(f"recipient.{name}" for name in ("name", "role", "body")),
            *(f"plan.actions[].{name}" for name in ("due", "state")),
            *(f"restrictions[].{name}" for name in ("kind", "since")),
            *(f"duties[].{name}" for name in ("title", "due", "owner")),
            *(f"meeting.{name}" for name in ("name", "on")),
            "meeting.agenda[].heading",
        ),
        frozenset[Audience](),
    ),
    **dict.fromkeys(
        (
            "case.title",
            *(f"plan.actions[].{name}" for name in ("title", "owner", "measure")),
            *(f"restrictions[].{name}" for name in ("scope", "reason", "lifted_when")),
            "meeting.agenda[].points",
            "meeting.version",
            *(f"meeting.{name}" for name in ATTENDANCE),
            *(f"meeting.said[].{name}" for name in ("title", "time", "part", "lines")),
            *(f"meeting.decisions[].{name}" for name in ("title", "reason")),
        ),
        NO_FREE_TEXT,
    ),
}
_LISTS: Final = (
    *("plan.actions", "restrictions", "duties"),
    *("meeting.agenda", "meeting.decisions", "meeting.said"),
)
_LISTS_OF_WORDS: Final = (
    "meeting.agenda[].points",
    "meeting.said[].lines",
    *(f"meeting.{name}" for name in ATTENDANCE),
)
_MANY: Final = (FieldType.CHOICES, FieldType.LINES)


@dataclass(frozen=True, slots=True)
class MergeField:
    """One merge field: whether it is a list, the ids that it may have, who never sees it."""

    path: str
    many: bool = False
    ids: tuple[str, ...] = ()
    closed_to: frozenset[Audience] = frozenset()
    leaf: bool = True


@dataclass(frozen=True)
class MergeFields:
    """The merge fields that one template may use, by their paths."""

    known: Mapping[str, MergeField]
    audience: Audience
    other: Mapping[str, str]  # the first part of a path that is not for here -> why

    def why_not(self, path: str) -> str:
        """Return why a path may not be used, with the nearest that may; empty when it may."""
        found = self.known.get(path)
        if found is None:
            return self._unknown(path)
        if self.audience in found.closed_to:
            return (
                f"“{shown(path)}” is not for the audience “{self.audience}”. Leave it out, or "
                "write a template of its own for those who may see it."
            )
        return ""

    def _unknown(self, path: str) -> str:
        for begins, why in self.other.items():
            if path == begins or path.startswith((f"{begins}.", f"{begins}[")):
                return why
        near = nearest(shown(path), (shown(known) for known in self.known))
        return f"There is no merge field “{shown(path)}” here.{near}"


def shown(path: str) -> str:
    """Return a path as a person reads it: without the marks for “each of”."""
    return path.replace(EACH, "")


def merge_fields(procedure: Procedure, template: Template) -> MergeFields:
    """Return the merge fields that a template of a procedure may use."""
    known = {path: MergeField(path, closed_to=closed) for path, closed in _PLAIN.items()}
    for path in _LISTS_OF_WORDS:
        known[path] = MergeField(path, many=True, closed_to=NO_FREE_TEXT)
    for field in (*_all_of_kinds(procedure), *_about(procedure, template)):
        known.setdefault(field.path, field)
    for duty in procedure.duties:
        known[f"due.{duty}"] = MergeField(f"due.{duty}")
    lists = [*_LISTS, *(f"each.{kind}" for kind in procedure.kinds)]
    for path in lists:
        known[path] = MergeField(path, many=True, leaf=False)
    for field in [field for field in known.values() if field.many and field.leaf]:
        path = f"{field.path}{EACH}"
        known[path] = MergeField(path, ids=field.ids, closed_to=field.closed_to)
    return MergeFields(known, template.audience, dict(_elsewhere(procedure, template)))


def _all_of_kinds(procedure: Procedure) -> Iterator[MergeField]:
    for kind in procedure.kinds.values():
        yield from _of_kind(f"latest.{kind.name}", kind)
        yield from _of_kind(f"each.{kind.name}{EACH}", kind)
        if kind.name == AGREED:
            yield from _of_kind("ratings.agreed", kind)


def _about(procedure: Procedure, template: Template) -> Iterator[MergeField]:
    for pattern in template.about:
        if pattern.kind in procedure.kinds:
            yield from _of_kind("about", procedure.kinds[pattern.kind])


def _of_kind(at: str, kind: Kind) -> Iterator[MergeField]:
    whole = frozenset(who for who in Audience if closed_kind(kind.name, who))
    for when in (HAPPENED, TO_THE_MINUTE):
        yield MergeField(f"{at}.{when}", closed_to=whole)
    for known in fields_of(kind):
        closed = frozenset(who for who in Audience if closed_field(kind.name, known, who))
        ids = tuple(option.id for option in known.options)
        yield MergeField(f"{at}.{known.name}", known.type in _MANY, ids, whole | closed)


def fields_of(kind: Kind) -> Iterable[Field]:
    """Return the fields of a kind that a letter may use: those that people fill in."""
    return (
        known
        for known in kind.fields
        if not known.by_system and known.type is not FieldType.CHANGES
    )


def _elsewhere(procedure: Procedure, template: Template) -> Iterator[tuple[str, str]]:
    """Yield the beginnings of paths that there might be, and why there are none."""
    hidden = "This procedure hides “{}”, so no letter can speak of it."
    for kind in procedure.hides:
        for begins in ("latest", "each"):
            yield f"{begins}.{kind}", hidden.format(kind)
    if not template.about:
        yield "about", "This template is about no entry. Say “about: {entry: …}”."
