"""The grammar of a scenario file."""

from dataclasses import dataclass
from typing import Final

from candour.policies.moments import moment_of
from candour.policies.reading.checking import Checking, Schema, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.lists import Distinct
from candour.policies.reading.nodes import Node, Scalar, described
from candour.policies.reading.patterns import FIELD_NAME
from candour.policies.reading.shapes import ListOf, Named, OneOf, Register, Text
from candour.policies.reading.templates import TO
from candour.policies.reading.texts import LANGUAGES


@dataclass(frozen=True)
class Moment:
    """A London day, or a London time; nothing where it is `open`."""

    open: bool = False

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        value = node.value if isinstance(node, Scalar) else described(node)
        if value is None and self.open:
            return
        try:
            moment_of(str(value))
        except ValueError as error:
            checking.wrong(node, trail, f"cannot be read: {error}")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": ["string", "null"] if self.open else "string"}


@dataclass(frozen=True)
class Anything:
    """The value of a field: whatever its kind makes of it is for the engine to say."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`: anything will do."""

    def schema(self) -> Schema:
        """See `Shape`."""
        return {}


def _names(of: str) -> ListOf:
    return ListOf(Named(of), filled=False)


ENTRY: Final = Group(
    "an entry",
    (
        Part("id", Text(), "A name for it, so that others can refer to it.", required=True),
        Part("kind", Named("kind of entry"), "The kind of entry.", required=True),
        Part("on", Moment(), "When it took place.", required=True),
        Part("recorded", Moment(), "When it was written down; when it took place, if left out."),
        Part("by", Text(), "The role that records it.", required=True),
        Part("data", Register(FIELD_NAME, Anything()), "The values of its fields."),
        Part("refers_to", ListOf(Text(), or_one=True), "Ids of earlier entries that it is about."),
        Part("body", Text(), "A note beside it."),
        Part("override", Text(), "The written rationale for going past what does not hold."),
        Part("refused", Text(), "It must be refused, with these words or clause in the refusal."),
    ),
)

EXPECTATION: Final = Group(
    "an expectation",
    (
        Part("at", Moment(), "The moment looked at.", required=True),
        Part("step", Named("step"), "The step the case is at."),
        Part(
            "due",
            Register(Named("duty"), ListOf(Moment(), or_one=True)),
            "Duties still owed, each with its date (a moment where hours count).",
        ),
        Part("late", _names("duty"), "Duties that are late."),
        Part("not_late", _names("duty"), "Duties owed and not late."),
        Part("not_due", _names("duty"), "Duties not owed."),
        Part("met", _names("duty"), "Duties that were met, and are owed no more."),
        Part(
            "documents",
            Register(Named("duty"), Named("document")),
            "Duties still owed, each with the form or letter that it is done with.",
        ),
        Part(
            "agenda",
            Register(Text(), ListOf(Text())),
            "Meetings, each with headings of its agenda; after a colon, words of what comes up.",
        ),
        Part(
            "actions",
            Register(Text(), ListOf(Text(), or_one=True)),
            "Actions, by their entries: how each stands, then everything it falls short of.",
        ),
        Part("for_members", ListOf(Text()), "Entries that are kept from the provider."),
        Part("for_everybody", ListOf(Text()), "Entries that are not."),
        Part("open_moves", _names("move"), "Moves that can be made."),
        Part("blocked", Register(Named("move"), Text()), "Moves barred, with words of the reason."),
        Part("restrictions", ListOf(Text(), filled=False), "Kinds of restriction in force."),
        Part(
            "autos",
            _names("auto"),
            "Suggestions now waiting, and what acted by itself since the expectation before.",
        ),
        Part("no_autos", _names("auto"), "Autos that neither wait nor acted."),
        Part(
            "answers",
            Register(Named("referral"), ListOf(Named("contact"), filled=False)),
            "Who answers then, for each referral named, in order.",
        ),
        Part("next_change", Moment(open=True), "When time alone next changes anything; or null."),
    ),
)

LETTER: Final = Group(
    "a letter",
    (
        Part("template", Named("template"), "The template that it is made from.", required=True),
        Part("after", Text(), "It is made just after this entry was recorded.", required=True),
        Part(
            "about",
            Text(),
            "The entry that it speaks of; if left out, the latest that the template may be about.",
        ),
        Part("language", OneOf(tuple(LANGUAGES)), "Its language; English if left out."),
        Part("to", TO, "Who must get it by rule."),
        Part("copied_to", TO, "Who gets a copy by rule."),
        Part("says", ListOf(Text(), or_one=True), "Words that stand in its subject or text."),
        Part("never_says", ListOf(Text(), or_one=True), "Words that do not."),
        Part("meets", ListOf(Named("duty"), or_one=True), "Duties owed then that it meets."),
        Part("refused", Text(), "It cannot be made, with these words of why."),
    ),
)

SCENARIO: Final = Group(
    "a scenario",
    (
        Part("scenario", Text(), "What the situation is.", required=True),
        Part("procedure", Text(), "The pack’s name.", required=True),
        Part("clauses", ListOf(Named("clause")), "The clauses that it shows at work."),
        Part("entries", Distinct(ENTRY), "What happens, in order of recording.", required=True),
        Part("expect", ListOf(EXPECTATION), "What should stand, and when."),
        Part("letters", ListOf(LETTER), "What letters say at points of the story, and to whom."),
    ),
)
