"""Asks the Care Quality Commission's syndication API, and asks again when it is busy or broken.

Every answer is JSON. Lists come in pages; `/changes/location` lists what changed from one instant
to another. A key of one's own goes with every request (https://api-portal.service.cqc.org.uk).
"""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from json import JSONDecodeError
from types import TracebackType
from typing import Any, Final, Self

import httpx

from candour.directory.errors import FeedTroubleError

ADDRESS: Final = "https://api.service.cqc.org.uk/public/v1"
KEY_HEADER: Final = "Ocp-Apim-Subscription-Key"
TRIES: Final = 6
FIRST_WAIT: Final = 1.0  # seconds; twice as long before each further try
LONGEST_WAIT: Final = 60.0
PATIENCE: Final = 30.0  # seconds for one answer
PER_PAGE: Final = 500
MOST_PAGES: Final = 1_000
BUSY: Final = 429
GONE: Final = frozenset({404, 410})
REFUSED: Final = frozenset({401, 403})
BROKEN: Final = 500

Json = dict[str, Any]


class Client:
    """One conversation with the API; use it in a ``with``.

    Args:
        key: the subscription key.
        address: where the API is.
        wait: waits this many seconds; another one in tests.
        patience: seconds for one answer.
    """

    def __init__(
        self,
        key: str,
        *,
        address: str = ADDRESS,
        wait: Callable[[float], None] = time.sleep,
        patience: float = PATIENCE,
    ) -> None:
        self._wait = wait
        self._http = httpx.Client(
            headers={KEY_HEADER: key, "Accept": "application/json"}, timeout=patience
        )
        self._address = address.rstrip("/")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def location(self, number: str) -> Json | None:
        """Return what the regulator says of a location, or None where there is none such."""
        return self.ask(f"/locations/{number}")

    def provider(self, number: str) -> Json | None:
        """Return what the regulator says of a provider, or None where there is none such."""
        return self.ask(f"/providers/{number}")

    def locations(self) -> Iterator[Json]:
        """Yield every location there is: its number, name and postcode."""
        for page in self._pages("/locations", {}):
            yield from page.get("locations") or []

    def changed_locations(self, since: datetime, until: datetime) -> list[str]:
        """Return the numbers of the locations that changed from one instant to another."""
        asked = {"startTimestamp": _stamp(since), "endTimestamp": _stamp(until)}
        numbers: dict[str, None] = {}
        for page in self._pages("/changes/location", asked):
            numbers.update(dict.fromkeys(map(str, page.get("changes") or [])))
        return list(numbers)

    def _pages(self, path: str, asked: Mapping[str, str]) -> Iterator[Json]:
        for number in range(1, MOST_PAGES + 1):
            page = self.ask(path, {**asked, "page": str(number), "perPage": str(PER_PAGE)})
            if page is None:
                raise FeedTroubleError(f"{path} is not there at {self._address}.")
            yield page
            if number >= int(page.get("totalPages") or 0):
                return
        raise FeedTroubleError(f"{path} has more than {MOST_PAGES} pages, which cannot be right.")

    def ask(self, path: str, asked: Mapping[str, str] | None = None) -> Json | None:
        """Return an answer, or None where there is nothing at this path.

        Busy or broken answers, and none at all, are asked for again, waiting longer each time, or
        as long as the answer says.

        Raises:
            FeedTroubleError: the key is refused, or the trouble lasted through every try.
        """
        trouble, wait = "", FIRST_WAIT
        for tried in range(TRIES):
            if tried:
                self._wait(min(wait, LONGEST_WAIT))
                wait *= 2
            try:
                answer = self._http.get(self._address + path, params=dict(asked or {}))
            except httpx.HTTPError as error:
                trouble = f"no answer ({type(error).__name__})"
                continue
            if answer.status_code in GONE:
                return None
            if answer.status_code in REFUSED:
                raise FeedTroubleError(
                    f"The regulator refused the key (status {answer.status_code}). Look in "
                    "CANDOUR_CQC_KEY for the primary key of your subscription."
                )
            if answer.status_code == BUSY or answer.status_code >= BROKEN:
                trouble = f"status {answer.status_code}"
                wait = max(wait, _told_to_wait(answer))
                continue
            if (found := _read(answer)) is not None:
                return found
            trouble = f"an answer that is no JSON (status {answer.status_code})"
        raise FeedTroubleError(f"{path} was asked for {TRIES} times and gave {trouble}.")


def _read(answer: httpx.Response) -> Json | None:
    try:
        found = answer.json()
    except (JSONDecodeError, UnicodeDecodeError):
        return None
    return found if answer.is_success and isinstance(found, dict) else None


def _told_to_wait(answer: httpx.Response) -> float:
    """Return the seconds that a busy answer asks to wait, or none where it says nothing usable."""
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() else 0.0


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
