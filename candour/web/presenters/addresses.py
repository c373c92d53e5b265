"""Addresses of the pages of a case and a procedure, with what they open with."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote, quote_plus

from django.urls import reverse

from candour.engine.fields import as_values
from candour.engine.patterns import ANY_VALUE, Where

OWED = "owed"  # the time that a duty is owed, by its key
EVERYTHING = "?show=all"  # the page of a case with its whole timeline
_ANY_CASE = "ANY-CASE"
_ANY_TIME = "any-time"
_ANY_ENTRY = "00000000-0000-0000-0000-000000000000"
REFERS = "refers"  # the entry that the new one is about
BACK_TO = "back-to"  # the part of the case that a form leads back to (no field has a hyphen)


@cache
def _page(name: str, *args: str) -> str:
    """Return the address of a named page; kept, as a page may hold a hundred of them."""
    return reverse(name, args=args)


def of_case(name: str, ref: str, *args: str) -> str:
    """Return the address of a page of the case `ref`: one pattern is kept for all cases."""
    return _page(name, _ANY_CASE, *args).replace(_ANY_CASE, _quoted(ref), 1)


def case_page(ref: str, anchor: str = "") -> str:
    """Return the address of a case, at a section or one of its newest entries if given."""
    return of_case("case", ref) + (f"#{anchor}" if anchor else "")


def entry_place(ref: str, entry_id: str) -> str:
    """Return the address of an entry, however old, on the page of its case."""
    return f"{case_page(ref)}{EVERYTHING}#{entry_anchor(entry_id)}"


def entry_anchor(entry_id: str) -> str:
    """Return the id under which an entry stands on the page of its case."""
    return f"entry-{entry_id}"


def correction_page(ref: str, entry_id: str) -> str:
    """Return the address where an entry is put right."""
    return of_case("correct", ref, _ANY_ENTRY).replace(_ANY_ENTRY, entry_id)


def document_address(ref: str, number: object, page: str = "case-document") -> str:
    """Return where a document of a case is had, or a page about it."""
    return of_case(page, ref, _ANY_ENTRY).replace(_ANY_ENTRY, str(number))


def filing_page(ref: str, entry_id: str) -> str:
    """Return where a document is filed that supports an entry."""
    return f"{of_case('case-documents', ref)}?{REFERS}={entry_id}#file"


def recording_page(
    ref: str, kind: str, where: Sequence[Where] = (), extra: Mapping[str, str] | None = None
) -> str:
    """Return the address of the form for a kind, filled in with what would fit a pattern."""
    query: list[tuple[str, str]] = list((extra or {}).items())
    for known in where:
        # Of several values that would do, the person chooses.
        if len(known.values) == 1 and known.values != (ANY_VALUE,):
            query += [(known.field, _typed(value)) for value in as_values(known.values)]
    page = of_case("record", ref, kind)
    return f"{page}?{_query(query)}" if query else page


def leading_back(address: str, part: str) -> str:
    """Return the address of a form that leads back to a part of the case when it is recorded."""
    return f"{address}{'&' if '?' in address else '?'}{_query([(BACK_TO, part)])}"


# A page asks for the same few words a hundred times.
_quoted = lru_cache(maxsize=1024)(quote)
_quoted_in_query = lru_cache(maxsize=4096)(quote_plus)


def _query(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{_quoted_in_query(name)}={_quoted_in_query(said)}" for name, said in pairs)


def _typed(value: Any) -> str:  # noqa: ANN401 - whatever a pack may compare with
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def move_page(ref: str, move: str) -> str:
    """Return the address where a move is made."""
    return of_case("move", ref, move)


def owed_name(key: str) -> str:
    """Return what stands for the key of an owed time in an address.

    A key may hold whom the duty is owed for, in any characters; an address is kept in places that
    a case is not (the browser's history, the log of a server), so it says nothing of them.
    """
    return sha256(key.encode()).hexdigest()[:32]


def due_date_page(ref: str, key: str) -> str:
    """Return the address that says why one time of a duty is due when it is."""
    return of_case("due-date", ref, _ANY_TIME).replace(_ANY_TIME, owed_name(key))


def clause_place(procedure: str, clause: str) -> str:
    """Return the address of a clause on the page of its procedure."""
    return f"{_page('procedure', procedure)}#clause-{clause}"
