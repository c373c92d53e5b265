"""Facts that only show where each merge field stands, to read a text before there is a case."""

from collections.abc import Iterable, Iterator

from candour.documents.facts.fields import EACH, RECIPIENT, shown
from candour.documents.facts.values import Fact, Facts, Item
from candour.documents.merge_syntax import How, Use
from candour.engine.words import Language


def sample_facts(uses: Iterable[Use], language: Language) -> Facts:
    """Return a fact for every merge field used, which reads as its own name in ‹…›.

    Each list has one item, and each condition holds that compares a field with a text.
    """
    made: dict[str, Fact] = {}
    for use in uses:
        path = use.path.removesuffix(EACH).replace(EACH, ".0")
        if use.how is not How.GOES_THROUGH and not path.startswith(f"{RECIPIENT}."):
            said = f"‹{shown(use.path)}›"
            plain = next(iter(use.compared), "")
            before = made.get(path)
            if before is None or not before.plain:
                made[path] = Fact(path, said, plain=plain, items=(Item(said, plain or said),))
    return Facts(language, tuple(_leaves(made)))


def _leaves(made: dict[str, Fact]) -> Iterator[Fact]:
    """Yield the facts under which nothing else stands: a list is there by what is in it."""
    for path, fact in made.items():
        if not any(other.startswith(f"{path}.") for other in made):
            yield fact
