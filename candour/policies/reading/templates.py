"""The templates of a pack: the text of a document in both languages, and who must get it."""

from typing import Final

from candour.engine.templates import RECIPIENTS, Audience
from candour.engine.vocabulary import SENDING
from candour.engine.vocabulary.shorthand import LEGAL_BASES
from candour.policies.reading.checking import Checking, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.nodes import Mapped, Scalar
from candour.policies.reading.patterns import PATTERN, WHERE, check_data, fields_of
from candour.policies.reading.rules import CLAUSES
from candour.policies.reading.shapes import Either, ListOf, Named, OneOf
from candour.policies.reading.texts import BOTH_LANGUAGES

HOLDER: Final = Group(
    "a recipient by role",
    (Part("role", Named("role"), "Whoever holds this role.", required=True),),
)

TO: Final = ListOf(
    Either(OneOf(tuple(RECIPIENTS)), HOLDER, lambda node: isinstance(node, Mapped)), or_one=True
)


def _check_records(node: Mapped, _: Trail, checking: Checking) -> None:
    kind, values = node.items.get("entry"), node.items.get("with")
    if isinstance(kind, Scalar) and kind.value in SENDING and isinstance(values, Mapped):
        check_data(fields_of([str(kind.value)], checking.names), values, checking)


RECORDS: Final = Group(
    "what sending records",
    (
        Part("entry", OneOf(SENDING), "The kind of entry.", required=True),
        Part("with", WHERE, "Values that the entry always has."),
    ),
    also=_check_records,
)

TEMPLATE: Final = Group(
    "a template",
    (
        Part("document", Named("document"), "The document that it is the text of.", required=True),
        Part(
            "about",
            ListOf(PATTERN, or_one=True),
            "The entry that it speaks of; its fields are `about.…`.",
        ),
        Part("audience", OneOf(tuple(Audience)), "For whom it is written.", required=True),
        Part("to", TO, "Who must get it, by rule."),
        Part("copied_to", TO, "Who gets a copy, by rule."),
        Part(
            "records",
            RECORDS,
            "What sending it records; left out for a paper to open, fill in and print.",
        ),
        Part(
            "basis",
            OneOf(tuple(basis.id for basis in LEGAL_BASES)),
            "The legal basis on which it is shared.",
        ),
        Part("purpose", BOTH_LANGUAGES, "What it is shared for."),
        Part("signed_by", Named("role"), "The role whose holder’s name stands under it."),
        Part("subject", BOTH_LANGUAGES, "Its subject; may have merge fields.", required=True),
        Part("text", BOTH_LANGUAGES, "Markdown with merge fields.", required=True),
        CLAUSES,
    ),
)
