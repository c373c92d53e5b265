"""Finding a service while somebody types: in any order of words, half typed, misspelled.

PostgreSQL's own text search finds words by how they begin. Where too few services have what was
typed, each word is also looked for as the words it may have been meant for: those that share a
beginning with it, whole or with one letter left out, and are no more than a slip or two away.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from candour.database.text_search import unaccented
from candour.directory.slips import slips_between

LONGEST: Final = 80  # letters of what was typed that are looked at
MOST_WORDS: Final = 8
ENOUGH: Final = 3  # found as typed, and no word is taken for a slip
MOST_MEANT: Final = 6  # words that one typed word may have been meant for
SHORTEST_GUESSED: Final = 4
SLIPS_ALLOWED: Final = {4: 1, 5: 1}  # by length of the typed word; two in longer ones
MARKS: Final = re.compile(r"['’]")
BETWEEN: Final = re.compile(r"[^a-z0-9]+")

FOUND = """
WITH typed AS (
    SELECT to_tsquery('simple', %(every)s) AS every
), near AS (
    (SELECT service_id FROM directory_search
        WHERE name LIKE %(begins)s ORDER BY name LIMIT 60)
    UNION
    (SELECT service_id FROM directory_search, typed WHERE named @@ every LIMIT 300)
    UNION
    (SELECT service_id FROM directory_search, typed WHERE words @@ every LIMIT 200)
)
SELECT s.id, s.name, s.name_cy, s.kind, s.address, s.postcode, p.name, s.people,
    (s.to_date IS NULL OR s.to_date >= %(day)s) AS open
FROM near JOIN directory_search f USING (service_id)
JOIN bodies_service s ON s.id = near.service_id JOIN bodies_body p ON p.id = s.provider_id
WHERE (s.from_date IS NULL OR s.from_date <= %(day)s)
    AND NOT EXISTS (
        SELECT FROM directory_merge m WHERE m.merged_id = s.id AND m.undone_at IS NULL)
ORDER BY open DESC, f.name = %(typed)s DESC, f.name LIKE %(begins)s DESC,
    (SELECT count(*) FROM unnest(%(starts)s::text[]) AS w (start)
        WHERE ' ' || f.name LIKE w.start) DESC,
    f.name, s.id
LIMIT %(most)s
"""
MEANT = """
SELECT t.place, k.word, k.services
FROM unnest(%(words)s::text[]) WITH ORDINALITY AS t (word, place)
JOIN directory_word k ON k.slips && directory_slips(t.word, 6, 6)
"""


@dataclass(frozen=True, slots=True)
class ServiceMatch:
    """A service that what was typed may mean.

    Attributes:
        number: its id (`candour.bodies.models.Service`).
        people: whom it is for: "adults", "children" or "both".
        open: it runs on the day asked about; closed ones come last.
    """

    number: int
    name: str
    name_cy: str
    kind: str
    address: str
    postcode: str
    provider: str
    people: str
    open: bool

    @property
    def place(self) -> str:
        """The end of the address and the postcode, enough to tell two of one name apart."""
        town = self.address.rpartition(",")[2].strip() or self.address
        return ", ".join(part for part in (town, self.postcode) if part)

    def name_in(self, language: str) -> str:
        """Return the name in this language ("en" or "cy"), in English where no Welsh is kept."""
        return self.name_cy if language == "cy" and self.name_cy else self.name


def folded(words: str) -> str:
    """Return words in small letters, without accents and marks, as services are found by."""
    return BETWEEN.sub(" ", MARKS.sub("", unaccented(words)).lower()).strip()


def services_matching(words: str, limit: int = 10, *, on: date) -> list[ServiceMatch]:
    """Return the services that somebody may mean who has typed this much, the likeliest first.

    Every word begins a word of the service's names, place, postcode or provider; or nearly does,
    where too few do. Rows merged into another are left out, and the kept one is found. One query,
    two more where words may be misspelled.

    Args:
        words: as typed so far; a name, a town, a postcode, in any order.
        limit: how many at most.
        on: the London day on which a service counts as open.
    """
    typed = folded(words[:LONGEST]).split()[:MOST_WORDS]
    if not typed or limit < 1:
        return []
    plain: list[Sequence[str]] = [(word,) for word in typed]
    found = _found(typed, plain, limit, on)
    if len(found) >= min(limit, ENOUGH):
        return found
    meant = _meant(typed)
    if not meant:
        return found
    guesses = [(word, *meant.get(place, ())) for place, word in enumerate(typed)]
    there = {match.number for match in found}
    more = _found(typed, guesses, limit, on)
    return [*found, *(match for match in more if match.number not in there)][:limit]


def _found(
    typed: Sequence[str], any_of: Sequence[Sequence[str]], limit: int, day: date
) -> list[ServiceMatch]:
    """Return the services that have one of each group of words."""
    whole = " ".join(typed)
    values = {
        "every": " & ".join(f"({' | '.join(f'{word}:*' for word in group)})" for group in any_of),
        "typed": whole,
        "begins": f"{whole}%",
        "starts": [f"% {word}%" for group in any_of for word in group],
        "day": day,
        "most": limit,
    }
    return [ServiceMatch(*row) for row in _rows(FOUND, values)]


def _meant(typed: Sequence[str]) -> dict[int, list[str]]:
    """Return, by the place of a typed word, which known words it may have been meant for."""
    guessed = {
        place: word
        for place, word in enumerate(typed)
        if len(word) >= SHORTEST_GUESSED and word.isalpha()
    }
    if not guessed:
        return {}
    near: dict[int, list[tuple[int, int, str]]] = {}
    places = list(guessed)
    for nth, known, services in _rows(MEANT, {"words": list(guessed.values())}):
        place = places[nth - 1]
        word = guessed[place]
        slips = slips_between(word, known)
        if 0 < slips <= SLIPS_ALLOWED.get(len(word), 2):
            near.setdefault(place, []).append((slips, -services, known))
    return {
        place: [known for *_, known in sorted(meant)[:MOST_MEANT]] for place, meant in near.items()
    }


def _rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
