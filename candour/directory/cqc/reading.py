"""Reads what the regulator's API says of a location into the rows that a file would give.

Names of managers and other people are never read.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from candour.directory.reading.days import read_day
from candour.directory.reading.mapping import Mapping as ColumnMapping
from candour.directory.reading.names import postcode, tidy
from candour.directory.reading.rows import StagedAnswer, StagedRow
from candour.directory.schemas import CQC, OVERALL

FIELDS: Final = (
    *("name", "address", "postcode", "phone", "website", "kinds", "specialisms", "nursing"),
    *("people", "region", "latest_check", "provider_name", "authority"),
)
ADDRESS: Final = (
    *("postalAddressLine1", "postalAddressLine2", "postalAddressTownCity", "postalAddressCounty"),
)
DEREGISTERED: Final = "Deregistered"
PREDECESSOR: Final = "HSCA Predecessor"
QUESTIONS: Final = {words.casefold(): name for name, words in CQC.questions.items()}
RATINGS: Final = {
    **{words.casefold(): name for name, words in CQC.ratings.items()},
    "insufficient evidence to rate": "not_rated",
}

Json = Mapping[str, Any]


def staged_row(told: Json, provider: str, words: ColumnMapping, today: date) -> StagedRow:
    """Return what an answer says of a location.

    Args:
        told: the answer of ``/locations/{id}``.
        provider: the provider's name.
        words: the mapping of the care directory: which kinds mean nursing, children, adults.
        today: the day of its end, where the answer says that it ended and not when.
    """
    kinds = _names(told.get("gacServiceTypes"), "description")
    specialisms = _names(told.get("specialisms"), "name")
    named = {word.casefold() for word in (*kinds, *specialisms)}
    children, adults = bool(words.children & named), bool(words.adults & named)
    ended = None
    if _text(told, "registrationStatus") == DEREGISTERED:
        ended = _day(told.get("deregistrationDate")) or today
    return StagedRow(
        line=0,
        number=_text(told, "locationId"),
        name=_text(told, "name"),
        also_known_as="",
        address=", ".join(filter(None, (_text(told, part) for part in ADDRESS))),
        postcode=postcode(_text(told, "postalCode"))[0],
        phone=_text(told, "mainPhoneNumber"),
        website=_text(told, "website"),
        kinds=kinds,
        specialisms=specialisms,
        nursing=bool(words.nursing & named),
        people=("both" if adults else "children") if children else ("adults" if adults else ""),
        region=_text(told, "region"),
        url="",
        latest_check=_day((told.get("lastInspection") or {}).get("date")),
        provider_number=_text(told, "providerId") or f"name:{provider.casefold()}",
        provider_name=provider,
        authority=_text(told, "localAuthority"),
        ended_on=ended,
    )


def answers(told: Json) -> Iterator[StagedAnswer]:
    """Yield the ratings of an answer, the present and the earlier ones, each once."""
    number, seen = _text(told, "locationId"), set()
    reports = [(told.get("currentRatings") or {}).get("overall") or {}]
    for earlier in told.get("historicRatings") or []:
        rated = earlier.get("overall") or {}
        reports.append(
            {**rated, "reportDate": rated.get("reportDate") or earlier.get("reportDate")}
        )
    for rated in reports:
        said = [(OVERALL, rated)]
        said += [
            (QUESTIONS.get(_text(each, "name").casefold(), ""), each)
            for each in rated.get("keyQuestionRatings") or []
        ]
        for question, each in said:
            rating = RATINGS.get(_text(each, "rating").casefold())
            given = _day(each.get("reportDate") or rated.get("reportDate"))
            if question and rating and given and (question, given) not in seen:
                seen.add((question, given))
                yield StagedAnswer(0, number, CQC.name, question, rating, given)


def predecessors(told: Json) -> Iterator[tuple[str, str]]:
    """Yield the numbers of the locations that this one came after, and why."""
    for each in told.get("relationships") or []:
        if _text(each, "type") == PREDECESSOR and _text(each, "relatedLocationId"):
            yield _text(each, "relatedLocationId"), _text(each, "reason")


def _text(told: Json, name: str) -> str:
    value = told.get(name)
    return tidy(str(value).replace("\0", "")) if value is not None else ""


def _names(listed: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401  # as the answer has it
    found = (_text(each, name) for each in listed or [])
    return tuple(dict.fromkeys(filter(None, found)))


def _day(written: Any) -> date | None:  # noqa: ANN401  # the same
    try:
        return read_day(str(written)) if written else None
    except ValueError:
        return None
