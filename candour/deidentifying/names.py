"""Finds names of people by what stands around them.

A capital alone says little: wards, streets, months and hospitals have one, too. So each rule asks
for a reason: a title, a kinship, a post, a word that says somebody is called so, the end of a
letter, or a first name that is hardly anything else.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from candour.deidentifying import contexts as said
from candour.deidentifying.marks import Found, Sort
from candour.deidentifying.reasons import SAYING, may_hold_name
from candour.deidentifying.signing_off import signed_name
from candour.deidentifying.taking import FAMILY, GIVEN, NOT_NAMES, SURE, THINGS, WORDS, Trust, Walk
from candour.deidentifying.tokens import WORD

ADJECTIVES_BETWEEN: Final = 2
LONGEST_LIST: Final = 8
FEWEST_LETTERS: Final = 3
# “Forest of Dean”, “Grace the table”: after a name none of these follows at once.
NOT_AFTER: Final = frozenset({"of", "y", "yr", "the", "a", "an", "my", "your", "you"})
SHORTEST_SHOUTED: Final = 4  # letters of a name in capitals: “TED stockings” are nobody's
ARTICLES: Final = frozenset(
    {"a", "an", "the", "my", "this", "of", "y", "yr", "no", "any", "your", "full", "top"}
)

Span = tuple[int, int]
"""The places of a name's first word and of the word after it."""


def names(text: str, language: str) -> Iterator[Found]:
    """Yield the names of people that are found, in the order of the text."""
    if not may_hold_name(text):
        return
    walk = Walk(text, language)
    spans = sorted(_spans(walk))
    taken = {walk.tokens[place].text for begin, end in spans for place in range(begin, end)}
    spans += _again(walk, taken, spans)
    for begin, end in _merged(spans):
        yield Found(walk.tokens[begin].begin, walk.tokens[end - 1].end, Sort.NAME)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order, those that overlap as one."""
    begun, reached = -1, -1
    for begin, end in sorted(spans):
        if begin >= reached:
            if reached > 0:
                yield begun, reached
            begun = begin
        reached = max(reached, end)
    if reached > 0:
        yield begun, reached


def known_names(text: str, known: Collection[str]) -> Iterator[Found]:
    """Yield the words of names that the person gave apart from the text, wherever they stand."""
    wanted = {
        part.casefold()
        for name in known
        for part in WORD.findall(name)
        if len(part) >= FEWEST_LETTERS and part.casefold() not in NOT_NAMES
    }
    for match in WORD.finditer(text):
        bare = re.sub(r"['’]s$", "", match[0], flags=re.IGNORECASE)
        if bare.casefold() in wanted and (bare[0].isupper() or bare.casefold() in SURE):
            yield Found(match.start(), match.start() + len(bare), Sort.NAME)


def _spans(walk: Walk) -> Iterator[Span]:
    """Yield where names stand, by each rule; the same one may come more than once."""
    for place, token in enumerate(walk.tokens):
        low = token.low
        if low not in SAYING and not token.capital:
            continue
        if low in said.TITLES:
            yield from _after_title(walk, place)
        if low in said.ROLES:
            yield from _beside_role(walk, place)
        if low in said.RELATIONS or low in said.ADDRESSED:
            yield from _beside_relation(walk, place)
        if low in said.CALLED or low == "enw":
            yield from _after_called(walk, place)
        if low in said.NAME:
            yield from _after_name_is(walk, place)
        if low in said.THANKED or low in said.MENTIONED:
            yield from _after_thanks(walk, place)
        if token.capital and (low in GIVEN or walk.welsh or "-" in low):
            yield from _by_itself(walk, place)
    yield from signed_name(walk)


def _one(walk: Walk, place: int, trust: Trust) -> Iterator[Span]:
    after = walk.name_from(place, trust)
    if after > place:
        yield place, after


def _listed(walk: Walk, place: int, trust: Trust) -> Iterator[Span]:
    """Yield the names of a list: “Sarah, Tom and Ali”."""
    for _ in range(LONGEST_LIST):
        after = walk.name_from(place, trust)
        if after <= place:
            return
        yield place, after
        trust = max(trust, Trust.SOME)  # beside one name stands another
        following = walk.at(after)
        if following is None:
            return
        if following.low in said.AND and following.gap in {" ", ", "}:
            place = after + 1
        elif following.gap in said.LIST_GAPS:
            place = after
        else:
            return


def _after_title(walk: Walk, place: int) -> Iterator[Span]:
    token, following = walk.tokens[place], walk.at(place + 1)
    if following is None or following.gap.strip(" ") not in {"", ".", "/", "&"}:
        return
    if token.low in said.ONLY_WITH_CAPITAL and not (token.capital and following.capital):
        return
    if token.low == "miss" and not (walk.begins(place + 1, Trust.SOME) and not walk.loud):
        return
    if len(following.text) == 1 and following.capital and following.text != "I":
        yield place + 1, max(place + 2, walk.name_from(place + 1, Trust.FULL))
        yield from _after_initials(walk, place + 1)
    yield from _listed(walk, place + 1, Trust.FULL)


def _after_initials(walk: Walk, place: int) -> Iterator[Span]:
    """Yield the name that initials begin: “Dr A. B. Patel”."""
    begin = place
    while (token := walk.at(place)) and len(token.text) == 1 and token.capital:
        place += 1
    after = walk.name_from(place, Trust.FULL) if walk.at(place) else place
    yield begin, max(after, place)


def _beside_role(walk: Walk, place: int) -> Iterator[Span]:
    """Yield a name after a post or before it: “nurse Becky”, “the HCA (Jo)”, “Ola the porter”."""
    following = walk.at(place + 1)
    if following and following.gap in {" ", " (", ", ", " - ", ": "}:
        sure = following.gap in {" ", " ("}
        yield from _listed(walk, place + 1, Trust.SOME if sure else Trust.LITTLE)
    before = walk.at(place - 1)
    begin = place
    if before and before.low in {"the", "our", "my", "a", "y", "yr"}:
        begin = place - 1
    elif walk.tokens[place].gap not in {" (", ", "}:
        return
    if begin > 0 and walk.tokens[begin].gap in {" ", ", ", " ("}:
        yield from _ending_before(walk, begin)


def _ending_before(walk: Walk, after: int) -> Iterator[Span]:
    """Yield a name that ends right before a word, and is not the first word of a sentence."""
    place = after - 1
    token = walk.tokens[place]
    if token.first or walk.loud or not walk.looks_like_one(place):
        return
    if token.low in THINGS or walk.is_place(place, after):
        return
    before = walk.at(place - 1)
    if before and before.capital and walk.joined(place) and walk.looks_like_one(place - 1):
        return  # two unknown words with capitals are a place as often as a person
    if walk.tokens[after].gap == " " or token.low in GIVEN:
        yield place, after


def _beside_relation(walk: Walk, place: int) -> Iterator[Span]:
    """Yield a name beside a kinship: “my late mother Jane”, “fy nhad, Alun,”, “Auntie Jean”."""
    token = walk.tokens[place]
    before = [walk.at(place - back) for back in range(1, ADJECTIVES_BETWEEN + 2)]
    owned = any(word and word.low in said.OWNING for word in before)
    owned = owned or bool(before[0] and before[0].low in said.AND)
    if not owned and not (token.low in said.ADDRESSED and token.capital):
        return
    at = place + 1
    following = walk.at(at)
    if following and following.low in {"i", "hi", "e", "o", "ni"} and following.gap == " ":
        at, following = at + 1, walk.at(at + 1)  # “fy mam i, Siân”
    if following is None:
        return
    if following.gap == " ":
        of_somebody = before[0] is None or before[0].low != "the"
        trust = Trust.SOME if of_somebody else Trust.LITTLE
        yield from _listed(walk, at, trust)
    elif following.gap in {", ", " (", " - ", " – ", ": "}:
        closed = walk.at(at + 1)
        ends = closed is None or closed.gap[:1] in {",", ")", "."} or following.gap == " ("
        yield from _one(walk, at, Trust.SOME if ends else Trust.LITTLE)


def _after_called(walk: Walk, place: int) -> Iterator[Span]:
    """Yield a name after “a nurse called”, “o’r enw”."""
    near = [walk.at(place - back) for back in range(1, 5)]
    person = any(word and (word.low in said.PERSONS or word.low in said.RELATIONS) for word in near)
    following = walk.at(place + 1)
    if following is None or following.gap not in {" ", " '", " “", ' "', ": "}:
        return
    if person or walk.is_given(place + 1):
        yield from _listed(walk, place + 1, Trust.SOME if person else Trust.LITTLE)


def _after_name_is(walk: Walk, place: int) -> Iterator[Span]:
    """Yield a name after “my name is”, “Name:”, “fy enw i yw”; and before “yw fy enw i”."""
    at = place + 1
    following = walk.at(at)
    if following is None or following.gap.strip(" ") not in {"", ":", "-", "–", "="}:
        return
    said_so = bool(following.gap.strip(" "))
    while (word := walk.at(at)) and word.gap == " " and word.low in said.IS and not word.capital:
        at, said_so = at + 1, True
    if said_so:
        yield from _one(walk, at, Trust.FULL)


def _after_thanks(walk: Walk, place: int) -> Iterator[Span]:
    at = place + 1
    while (word := walk.at(at)) and word.low in said.THANKING and word.gap in said.THANKS_GAPS:
        if word.capital and word.low not in {"you", "i", "to"}:
            break
        at += 1
    following = walk.at(at)
    if following and following.gap in said.THANKS_GAPS:
        yield from _listed(walk, at, Trust.LITTLE)


def _by_itself(walk: Walk, place: int) -> Iterator[Span]:
    """Yield a name that its own words tell: a first name, or an ordinary word with its capital."""
    token, following = walk.tokens[place], walk.at(place + 1)
    ordinary = token.low in WORDS or token.low in THINGS
    family = (
        ordinary
        and not walk.loud
        and following is not None
        and following.gap == " "
        and following.capital
        and following.low in FAMILY - NOT_NAMES
    )
    before = walk.at(place - 1)
    sure = walk.is_given(place) and not (before and before.low == "the")
    sure = sure and not (token.acronym and len(token.text) < SHORTEST_SHOUTED)
    mutated = not token.first and not ordinary and walk.is_given(place, WORDS)
    if family or sure or mutated or (ordinary and _meant_by_capital(walk, place)):
        yield from _one(walk, place, Trust.LITTLE)


def _meant_by_capital(walk: Walk, place: int) -> bool:
    """Return whether an ordinary word has its capital because it is a name: “I saw Mark”."""
    token, before, following = walk.tokens[place], walk.at(place - 1), walk.at(place + 1)
    if token.low in THINGS or walk.loud or token.first or token.acronym or before is None:
        return False
    # “a Guy”, “Cannock Chase”, “Christmas Eve”
    if before.low in ARTICLES or (before.capital and token.gap == " " and before.low != "i"):
        return False
    return not (following and following.gap == " " and following.low in NOT_AFTER)


def _again(walk: Walk, taken: Collection[str], spans: list[Span]) -> Iterator[Span]:
    """Yield where a word of a name stands again, so that one “Patel” does not give another away."""
    covered = {place for begin, end in spans for place in range(begin, end)}
    for place, token in enumerate(walk.tokens):
        if place in covered or token.text not in taken or not token.capital:
            continue
        if len(token.text) < FEWEST_LETTERS or token.low in THINGS | NOT_NAMES:
            continue
        if token.low in WORDS and token.first:
            continue
        if not walk.is_place(place, place + 1):
            yield place, place + 1
