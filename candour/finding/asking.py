"""What a search asks for: words as a person types them, as a query, and what to narrow to."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from candour.database.text_search import query_sql, unaccented

LONGEST: Final = 300  # letters of a search that count
SHORTEST_BEGINNING: Final = 4  # letters from which on a last word also stands for longer ones
_OPERATORS = re.compile(r"[\"“”]|(^|\s)-\S|\sor\s", re.IGNORECASE)
_LAST_WORD = re.compile(r"(?P<before>.*?)(?P<last>\w+)$", re.DOTALL)
_REF = re.compile(r"[A-Z]{1,8}-\d{4}-\d{1,6}", re.IGNORECASE)

State = Literal["open", "closed", "all"]
SqlText = tuple[str, list[Any]]
"""SQL that gives a text query, and its parameters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search.

    Attributes:
        words: as a person types them: “a phrase” in quotation marks, ``or``, ``-`` to rule out.
        since: happened at this instant or later.
        until: happened before this instant.
        state: in open cases, in closed ones, or in all.
        far: through all there is, however long that takes; else what takes long is left off where
            there are many texts, the oldest first.
    """

    words: str
    since: datetime | None = None
    until: datetime | None = None
    state: State = "all"
    far: bool = False

    @property
    def plain(self) -> str:
        """The words as far as they count, without what no database keeps."""
        typed = self.words.replace("\x00", "").strip()[:LONGEST]
        return typed.encode(errors="ignore").decode().replace("“", '"').replace("”", '"')

    @property
    def ref(self) -> str:
        """The number of a case, where nothing else was typed."""
        return self.plain.upper() if _REF.fullmatch(self.plain) else ""

    @property
    def names(self) -> list[str]:
        """The single words, for looking through names."""
        return re.findall(r"[^\s\"]+", self.plain)[:8]

    def query(self) -> SqlText:
        """Return the SQL of the text query, and its parameters."""
        return query_sql(self.plain)

    def wider(self) -> SqlText | None:
        """Return the query in which the last word also stands for words that it begins.

        So a name need not be typed in full, and Welsh endings are found. None where that was not
        meant: after “or”, before a closing quotation mark, for very short words.
        """
        last = None if _OPERATORS.search(self.plain) else _LAST_WORD.fullmatch(self.plain)
        if last is None or len(last["last"]) < SHORTEST_BEGINNING:
            return None
        sql, values = self.query()
        begun, before = begins(last["last"]), unaccented(last["before"])
        # What stands before may be nothing that counts, and then narrows nothing.
        if not re.search(r"\w", before):
            return f"({sql} || to_tsquery('simple', %s))", [*values, begun]
        return (
            f"({sql} || (websearch_to_tsquery('simple', %s) && to_tsquery('simple', %s)))",
            [*values, before, begun],
        )


def begins(word: str) -> str:
    """Return the text of a query for words that begin so."""
    return " & ".join(f"'{part}':*" for part in re.findall(r"\w+", unaccented(word)))
