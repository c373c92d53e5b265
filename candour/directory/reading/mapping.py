"""What the columns of a register's file mean; a mapping is data, in YAML."""

from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Final

from candour.directory.schemas import RatingSchema
from candour.engine.words import Words

# What a column may become. The names are those of `candour.directory.models.Staged`.
FIELDS: Final = (
    "number",
    "name",
    "also_known_as",
    "address",
    "postcode",
    "phone",
    "website",
    "kinds",
    "specialisms",
    "nursing",
    "people",
    "region",
    "url",
    "latest_check",
    "provider_number",
    "provider_name",
    "authority",
    "ended_on",
)
LIST_FIELDS: Final = ("kinds", "specialisms")
DAY_FIELDS: Final = ("latest_check", "ended_on")
JOINED_FIELDS: Final = ("address",)
# Fields whose change in a register is a change of the service; what a file has no column for
# is left as it was.
COMPARED: Final = tuple(
    field for field in FIELDS if field not in {"number", "ended_on", "provider_number"}
)


@dataclass(frozen=True, slots=True)
class Ticked:
    """A list kept as one column for each value, ticked where it holds.

    Attributes:
        begins: how the names of such columns begin; what follows is the value.
        by: what a tick looks like.
    """

    begins: str
    by: frozenset[str]


@dataclass(frozen=True, slots=True)
class RatingColumns:
    """Where ratings are, and in whose words.

    Attributes:
        schema: whose questions and answers.
        wide: the column of each question; empty where each row has one question.
        question, rating: the columns of question and answer, where each row has one.
        on: the column of the day on which they were given, or nothing.
        only: rows count whose column says one of these words; empty: all.
        words: what a word in the file means, beside the schema's own; nothing for no rating.
    """

    schema: RatingSchema
    wide: Map[str, str]
    question: str
    rating: str
    on: str
    only: Map[str, frozenset[str]]
    words: Map[str, str]

    @property
    def columns(self) -> frozenset[str]:
        """Every column that ratings are read from."""
        named = {*self.wide.values(), self.question, self.rating, self.on, *self.only}
        return frozenset(named - {""})


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each column of a kind of file becomes.

    Attributes:
        name: what the mapping is called.
        title: about the files that it is for, in both languages.
        register: whose list it is, such as "cqc".
        nation: where providers that are new are at work.
        whole: such a file lists all that the register has.
        columns: for each field, the columns that give it. An address is made of all of them; of
            any other the first that is not blank counts.
        optional: columns that a file may lack.
        separator: the mark between several values in one cell.
        ticked: fields kept as one column for each value.
        values: for some fields, what a value in the file means.
        nursing: kinds of service that mean nursing.
        children, adults: kinds and specialisms that mean that a service is for them.
        blanks: words that stand for nothing.
        ratings: where ratings are, if anywhere.
        ignore: columns that are known and left out.
        spelled: how the mapping spells each column; all others here are column keys.
    """

    name: str
    title: Words
    register: str
    nation: str
    whole: bool
    columns: Map[str, tuple[str, ...]]
    optional: frozenset[str]
    separator: str
    ticked: Map[str, Ticked]
    values: Map[str, Map[str, str]]
    nursing: frozenset[str]
    children: frozenset[str]
    adults: frozenset[str]
    blanks: frozenset[str]
    ratings: RatingColumns | None
    ignore: frozenset[str]
    spelled: Map[str, str]

    @property
    def lists_services(self) -> bool:
        """Whether its files say what services there are, and not only how they were rated."""
        return "name" in self.columns

    @property
    def known_columns(self) -> frozenset[str]:
        """Every column that the mapping names."""
        known = {column for columns in self.columns.values() for column in columns} | self.ignore
        return frozenset(known | (self.ratings.columns if self.ratings else frozenset()))

    @property
    def needed_columns(self) -> frozenset[str]:
        """The columns that a file must have."""
        return self.known_columns - self.optional - self.ignore

    def ticked_field(self, column: str) -> tuple[str, str] | None:
        """Return the field and the value that a column is a tick for, or None.

        Args:
            column: the column as the file spells it.
        """
        for field, ticked in self.ticked.items():
            if column.casefold().startswith(ticked.begins.casefold()):
                return field, column[len(ticked.begins) :].strip()
        return None
