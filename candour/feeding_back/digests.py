"""What a digest says, as values that are kept with their hash, and as a document to send."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from candour.bodies.models import Body
from candour.coding.models import Code
from candour.feeding_back.cycles import Cycle
from candour.feeding_back.drawing import Drawn, Quotable, draw, quotable
from candour.feeding_back.models import Digest
from candour.feeding_back.small_numbers import Given, Side, given

MOST_QUOTED = 5  # of each side; as many people as the smallest number that is given


@dataclass(frozen=True, slots=True)
class Prepared:
    """A digest that is not released yet.

    Attributes:
        content: what it would say.
        seen: its hash: what is released is what somebody saw.
        may_quote: what may be quoted, and what is.
        corrects: the release that it would correct, or None.
    """

    organisation: Body
    cycle: Cycle
    drawn: Drawn
    content: Mapping[str, Any]
    may_quote: Sequence[Quotable]
    corrects: Digest | None

    @property
    def seen(self) -> str:
        """The hash of what it says."""
        return fixed(self.content)

    @property
    def fewer_quoted(self) -> int:
        """How many quotations fall away once it goes to others than the organisation."""
        return sum(1 for each in self.may_quote if each.quoted and not each.oversight)


def fixed(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content's one canonical text, in hexadecimal."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def prepare(body: Body, organisation: Body, cycle: Cycle, *, oversight: bool = False) -> Prepared:
    """Return the digest of a cycle as it would be released now. At most five queries.

    Args:
        body: the body that was told.
        organisation: of whose services.
        cycle: the days.
        oversight: it goes to others too: only those are quoted who agreed to that.
    """
    released = _released_until(body, organisation, cycle)
    earlier = [each for each in released if each.first_day == cycle.first]
    drawn = draw(body, organisation, cycle)
    told = given(drawn.counted, tuple(given_in(each.content) for each in earlier))
    sides = {side for side, number in told.sides.items() if number is not None}
    words = quotable(body, organisation, cycle, sides) if sides else []
    content = {
        "first": cycle.first.isoformat(),
        "last": cycle.last.isoformat(),
        "number": len(earlier) + 1,
        "body": {"en": body.name, "cy": body.name_in("cy")},
        "organisation": {"en": organisation.name, "cy": organisation.name_in("cy")},
        "enough": told.enough,
        "people": told.people,
        "sides": {side.value: told.sides[side] for side in Side},
        "themes": _themes(body, told),
        "quotations": _quotations(words, oversight=oversight),
        "before": _before(released, cycle),
    }
    return Prepared(organisation, cycle, drawn, content, words, earlier[-1] if earlier else None)


def _released_until(body: Body, organisation: Body, cycle: Cycle) -> list[Digest]:
    """Return what was released of this cycle and earlier ones, the first first. One query."""
    found = Digest.objects.filter(body=body, organisation=organisation, last_day__lte=cycle.last)
    return list(found.order_by("last_day", "number"))


def given_in(content: Mapping[str, Any]) -> Given:
    """Return the numbers that a content gives."""
    return Given(
        enough=content["enough"],
        people=content["people"],
        sides={side: content["sides"][side.value] for side in Side},
        themes={(Side(each["side"]), each["theme"]): each["people"] for each in content["themes"]},
    )


def _themes(body: Body, told: Given) -> list[dict[str, Any]]:
    names = {theme for _side, theme in told.themes}
    titles = (
        {
            theme: (title, title_cy)
            for theme, title, title_cy in Code.objects.filter(
                body=body, theme__in=names
            ).values_list("theme", "title", "title_cy")
        }
        if names
        else {}
    )
    rows = sorted(told.themes.items(), key=lambda row: (row[0][0], -row[1], row[0][1]))
    found = []
    for (side, theme), people in rows:
        title, title_cy = titles.get(theme, (theme, ""))
        words = {"en": title, "cy": title_cy or title}
        found.append({"side": side.value, "theme": theme, "people": people, "title": words})
    return found


def _quotations(words: Sequence[Quotable], *, oversight: bool) -> list[dict[str, str]]:
    """Return what is quoted; the order says nothing of when it came."""
    fit = [each for each in words if each.quoted and (each.oversight or not oversight)]
    found = []
    for side in Side:
        of_side = sorted((each for each in fit if each.side is side), key=lambda each: each.quoted)
        found += [
            {"side": side.value, "words": each.quoted, "language": each.experience.language}
            for each in of_side[:MOST_QUOTED]
        ]
    return found


def _before(released: Sequence[Digest], cycle: Cycle) -> dict[str, Any] | None:
    """Return the numbers of the cycle before as they were released last, or None."""
    earlier = [each for each in released if each.last_day < cycle.first]
    if not earlier:
        return None
    found = earlier[-1]
    kept = {name: found.content[name] for name in ("first", "last", "enough", "people", "sides")}
    return dict(kept)
