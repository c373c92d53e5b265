"""What a text that is merged can reach: facts, lists of them, and the words that change them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from candour.documents.facts.days import long_day_words
from candour.documents.facts.values import Fact, Item
from candour.engine.words import Language

DAY_BEGINS: Final = "\ufdd0"  # no value holds it: `plain` leaves none
_VOWELS: Final = "aeiouwyâêîôûŵŷáéíóúäëïöü"


class Value:
    """A fact, or the lack of one, as a text meets it. It has nothing but what letters need."""

    __slots__ = ("_source", "_used", "fact", "language")

    def __init__(
        self, fact: Fact, language: Language, used: dict[str, Fact], source: Fact | None = None
    ) -> None:
        self.fact = fact
        self.language: Language = language
        self._used = used
        self._source = source or fact

    def look(self) -> Fact:
        """Return the fact and keep that it was used; the lack of one is not kept."""
        if self._source.path:
            self._used[self._source.path] = self._source
        return self.fact

    def formed(self, value: str) -> "Value":
        """Return it in other words."""
        return self._made(replace(self.fact, value=value))

    def _made(self, fact: Fact) -> "Value":
        return Value(fact, self.language, self._used, self._source)

    def __bool__(self) -> bool:
        fact = self.look()
        return fact.plain if isinstance(fact.plain, bool) else bool(fact.value)

    def __eq__(self, other: object) -> bool:
        plain = self.look().plain
        if not isinstance(other, Value):
            return plain == other
        return plain != "" and plain == other.look().plain

    def __hash__(self) -> int:
        return hash(self.fact.path)

    def __contains__(self, wanted: object) -> bool:
        fact = self.look()
        return any(item.id == wanted for item in fact.items) or fact.plain == wanted

    def __iter__(self) -> Iterator["Value"]:
        for item in self.look().items:
            yield self._made(self._one(item))

    def _one(self, item: Item) -> Fact:
        return replace(self.fact, value=item.value, plain=item.id, items=(), on=None)


class Branch:
    """A part of a path: more parts under it, or a list of them."""

    __slots__ = ("_empty", "_under")

    def __init__(self, under: Mapping[str, Any], empty: Value) -> None:
        self._under = under
        self._empty = empty

    def get(self, name: str) -> "Branch | Value":
        """Return what stands under it by a name; the lack of a value where nothing does."""
        found = self._under.get(name, self._empty)
        return found if isinstance(found, Value) else Branch(found, self._empty)

    def __iter__(self) -> Iterator["Branch | Value"]:
        return (self.get(name) for name in self._under)

    def parts(self) -> dict[str, "Branch | Value"]:
        """Return what stands right under it."""
        return {name: self.get(name) for name in self._under}

    def __bool__(self) -> bool:
        return bool(self._under)


class Open(Value):
    """What a recipient is called: not known before the text is addressed."""

    __slots__ = ()

    def __init__(self, name: str, language: Language) -> None:
        super().__init__(Fact("", f"{{{{ recipient.{name} }}}}"), language, {})


# -- filters ---------------------------------------------------------------------------------------


def _day(value: Value) -> Value:
    on = value.fact.on
    return value if on is None else value.formed(DAY_BEGINS + long_day_words(on, value.language))


def _listed(value: Value) -> Value:
    *before, last = [item.value for item in value.fact.items] or [value.fact.value]
    if not before:
        return value.formed(last)
    word = "and" if value.language == "en" else ("ac" if last[:1].lower() in _VOWELS else "a")
    return value.formed(f"{', '.join(before)} {word} {last}")


def _lower_first(value: Value) -> Value:
    said = value.fact.value
    is_name = said[1:] != said[1:].lower()  # “PPM”, “Provider Performance Meeting”
    return value if is_name else value.formed(said[:1].lower() + said[1:])


def _default(value: Value, otherwise: str) -> Value:
    return value if value.look().value else value.formed(otherwise)


FILTERS: Final[Mapping[str, Callable[..., Value]]] = {
    "day": _day,
    "listed": _listed,
    "lower_first": _lower_first,
    "default": _default,
}
