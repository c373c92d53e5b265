"""Circumstances as packs write them: on what a duty’s clock, or its being owed, may hang."""

from collections.abc import Iterator, Sequence
from typing import Final

from candour.engine.clocks import Clock
from candour.engine.errors import ClockError
from candour.policies.reading import patterns
from candour.policies.reading.checking import Checking, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.nodes import Listed, Mapped, Node
from candour.policies.reading.patterns import PATTERN, check_where
from candour.policies.reading.shapes import ClockWords, Count, ListOf, OneOf
from candour.policies.reading.texts import BOTH_LANGUAGES

_HEADS: Final = ("itself", "said_of_it", "said_of_another", "several")
_COUNTING: Final = ("differing_in", "at_least", "not_counting")


def _check_circumstance(node: Mapped, trail: Trail, checking: Checking) -> None:
    if not any(head in node.items for head in _HEADS):
        checking.wrong(node, trail, f"says nothing. Give one of: {', '.join(_HEADS)}.")
    for part in _COUNTING:
        if part in node.items and "several" not in node.items:
            fault = f"“{part}” says how “several” are counted, and there is no “several” here."
            checking.fault(node.named_at[part], fault)


CIRCUMSTANCE: Final = Group(
    "a circumstance",
    (
        Part("itself", patterns.WHERE, "The starting entry has these values."),
        Part("said_of_it", PATTERN, "An entry that fits refers to the starting entry."),
        Part(
            "said_of_another",
            PATTERN,
            "The latest entry that fits refers to another of the same matter, and not to this one.",
        ),
        Part(
            "several",
            ListOf(PATTERN, or_one=True),
            "More than one starting entry of the same matter fits one of these.",
        ),
        Part("differing_in", patterns.FIELD_NAME, "Counting each value of this field once."),
        Part("at_least", Count(), "How many there must be; 2 when left out."),
        Part(
            "not_counting",
            ListOf(PATTERN, or_one=True),
            "Leaving out those to which an entry that fits one of these refers.",
        ),
    ),
    also=_check_circumstance,
)
CIRCUMSTANCES: Final = ListOf(CIRCUMSTANCE)

ALTERNATIVE: Final = Group(
    "an alternative",
    (
        Part("due", ClockWords(), "When it is due instead, in a clock’s words.", required=True),
        Part("when", CIRCUMSTANCES, "The circumstances; all must hold.", required=True),
        Part("because", BOTH_LANGUAGES, "Why, in a sentence for people.", required=True),
        Part(
            "counted_from",
            OneOf(("itself", "latest_start")),
            "Counted from its own start, or from the latest start in the matter.",
        ),
    ),
)


def check_circumstances(
    node: Mapped, kinds: Sequence[str], trail: Trail, checking: Checking
) -> None:
    """Add a fault for each circumstance of a duty that its starting `kinds` can never have."""
    for item in _circumstances(node):
        check_where(kinds, item.items.get("itself"), (*trail, "itself"), checking)
        differing = item.items.get("differing_in")
        if differing is not None and isinstance(name := differing.plain(), str):
            where = Mapped(differing.place, {name: differing}, {name: differing.place})
            named = patterns.fields_of(kinds, checking.names)
            if name not in named:
                check_where(kinds, where, (*trail, "differing_in"), checking)
    for due in _clocks(node):
        _check_once(due, checking)


def _circumstances(node: Mapped) -> Iterator[Mapped]:
    """Yield every circumstance of a duty."""
    lists = [other.items.get("when") for other in _mapped(node.items.get("due_instead"))]
    for listed in (*lists, node.items.get("not_owed_when")):
        yield from _mapped(listed)


def _mapped(node: Node | None) -> Iterator[Mapped]:
    for item in node.items if isinstance(node, Listed) else []:
        if isinstance(item, Mapped):
            yield item


def _clocks(node: Mapped) -> Iterator[Node]:
    """Yield the clocks of a duty that has alternatives, or that may be excused."""
    others = list(_mapped(node.items.get("due_instead")))
    if others or "not_owed_when" in node.items:
        for holder in (node, *others):
            if "due" in holder.items:
                yield holder.items["due"]


def _check_once(due: Node, checking: Checking) -> None:
    try:
        repeats = Clock.parse(str(due.plain())).repeats
    except ClockError:
        return  # said where “due” itself is checked
    if repeats:
        fault = "A clock that repeats cannot hang on circumstances. Say when it is due once."
        checking.fault(due.place, fault)
