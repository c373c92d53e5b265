"""The Welsh catalogue is whole: every word that the screens can say, found as the tools find it.

The messages are extracted with `locale/babel.cfg` each time, so a word that was added to a page and
never given its Welsh fails here, by name.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

CANDOUR: Final = Path(__file__).resolve().parents[2] / "candour"
WEB: Final = CANDOUR / "web"
CATALOGUE: Final = WEB / "locale" / "cy" / "LC_MESSAGES" / "django.po"
KEYWORDS: Final = {**DEFAULT_KEYWORDS, "gettext_lazy": None}
WAY: Final = "docs/adr/0010-server-rendered-pages.md has the commands"

# Said alike in both languages. A message of placeholders and signs alone need not be here.
ALIKE: Final = frozenset({"Agenda", "CSV", "Excel (xlsx)", "PDF", "PDF, %(language)s"})

# `%(name)s`, `%%`, `%s`, `%d`; `{name}`; a tag.
PLACE: Final = re.compile(r"%\(\w+\)[a-z]|%[%sd]|\{\w*\}|</?\w[^>]*>")

Words = str | tuple[str, ...]


def _mapping() -> tuple[list[tuple[str, str]], dict[str, dict[str, Any]]]:
    """Return which file is read by which method, with its options, as babel.cfg says."""
    with (WEB / "locale" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel gives no types here
    return methods, options


def _found(
    folder: Path, methods: Iterable[tuple[str, str]], options: Mapping[str, dict[str, Any]]
) -> Iterator[tuple[str, Words]]:
    """Yield the file and the words of each message under a folder."""
    for name, _line, words, _comments, _context in extract_from_dir(
        folder, list(methods), dict(options), KEYWORDS
    ):
        yield name, words


@pytest.fixture(scope="module")
def said() -> dict[Words, str]:
    """Each message of the screens, and a file that says it."""
    methods, options = _mapping()
    return {words: name for name, words in _found(WEB, methods, options)}


@pytest.fixture(scope="module")
def welsh() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="cy")


def _forms(words: object) -> tuple[str, ...]:
    """Return the forms of a message: one, or as many as a number can ask for."""
    return (words,) if isinstance(words, str) else tuple(map(str, words))  # type: ignore[call-overload]  # babel's own ids are lists or tuples of strings


def _written(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages of a catalogue, without its header."""
    return (message for message in catalogue if message.id)


def _lacking(words: Words, catalogue: Catalog) -> str:
    """Return what a message lacks in the catalogue; empty when it lacks nothing."""
    message = catalogue.get(_forms(words)[0])
    if message is None:
        return "is not in the catalogue"
    if _forms(message.id) != _forms(words):
        return f"stands there as {message.id!r}"
    forms = _forms(message.string)
    wanted = catalogue.num_plurals if len(_forms(words)) > 1 else 1
    if len(forms) != wanted or not all(form.strip() for form in forms):
        return "has no Welsh, or not every form of it"
    return "is marked fuzzy" if message.fuzzy else ""


def test_every_word_of_the_screens_has_its_welsh(said: dict[Words, str], welsh: Catalog) -> None:
    lacking = [
        f"{name}: {words!r} {why}"
        for words, name in sorted(said.items(), key=lambda pair: pair[1])
        if (why := _lacking(words, welsh))
    ]
    assert not lacking, f"{len(lacking)} without Welsh; {WAY}:\n" + "\n".join(lacking)


def test_the_extraction_sees_pages_and_code(said: dict[Words, str]) -> None:
    suffixes = {Path(name).suffix for name in said.values()}
    assert suffixes == {".py", ".html"}
    assert any(not isinstance(words, str) for words in said), "no plural was found"
    assert len(said) > 1000


def _places(words: str) -> frozenset[str]:
    return frozenset(PLACE.findall(words))


def _strays(message: Message) -> list[str]:
    """Return the Welsh forms whose places are not those of the English.

    The form for one may do without the number where the English for one does.
    """
    english = [_places(form) for form in _forms(message.id)]
    return [
        form
        for number, form in enumerate(_forms(message.string))
        if form and _places(form) not in (english if number == 1 else english[-1:])
    ]


def test_the_welsh_keeps_every_place_for_a_name_a_number_or_a_tag(welsh: Catalog) -> None:
    strays = {message.id: found for message in _written(welsh) if (found := _strays(message))}
    assert not strays
    faults = {
        m.id: [str(each) for each in broken] for m in _written(welsh) if (broken := m.check())
    }
    assert not faults


def test_the_compiled_catalogue_says_what_is_written(welsh: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = {_forms(each.id): _forms(each.string) for each in _written(read_mo(file))}
    written = {
        _forms(each.id): _forms(each.string)
        for each in _written(welsh)
        if all(_forms(each.string)) and not each.fuzzy
    }
    differing = sorted(key for key in compiled | written if compiled.get(key) != written.get(key))
    assert not differing, f"Compile the catalogue again; {WAY}"


def _has_words(text: str) -> bool:
    """Tell whether anything is left to translate once places and signs are taken out."""
    return any(letter.isalpha() for letter in PLACE.sub("", text))


def _english_still(message: Message) -> bool:
    english = _forms(message.id)
    return any(form in english and _has_words(form) for form in _forms(message.string))


def test_nothing_is_left_in_english_but_what_is_the_same_in_both(
    said: dict[Words, str], welsh: Catalog
) -> None:
    same = {_forms(m.id)[0] for m in _written(welsh) if _english_still(m)}
    spoken = {_forms(words)[0] for words in said}
    assert same - ALIKE == set(), "Translate these, or name them in ALIKE"
    assert ALIKE - spoken == set(), "No screen says these any more: take them out of ALIKE"


def test_no_other_room_has_words_of_its_own_for_this_catalogue() -> None:
    """Other rooms say both languages themselves; words of theirs would never be extracted.

    `policies/calendars.py` asks the catalogue of the calendars' own package, by title.
    """
    _methods, options = _mapping()
    methods = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
    rooms = [each for each in sorted(CANDOUR.iterdir()) if each.is_dir() and each != WEB]
    assert len(rooms) > 5
    elsewhere = [
        (room.name, name, words) for room in rooms for name, words in _found(room, methods, options)
    ]
    alone = [path for path in CANDOUR.glob("*.py") if _asks_django(path)]
    asking = [path for room in rooms for path in room.rglob("*.py") if _asks_django(path)]
    assert not elsewhere, "Move these to candour/web, or give the room both languages"
    assert not alone + asking, "Only candour/web speaks through Django's catalogue"


def _asks_django(path: Path) -> bool:
    """Tell whether a module takes a gettext of Django's, under any name."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "django.utils.translation"
        and any("gettext" in name.name for name in node.names)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def test_every_template_is_of_a_kind_that_is_extracted() -> None:
    others = [
        path.relative_to(WEB)
        for path in (WEB / "templates").rglob("*")
        if path.is_file() and path.suffix != ".html" and "_(" in path.read_text(encoding="utf-8")
    ]
    assert not others, "babel.cfg reads .html only: add this kind there"


def test_code_asks_for_words_that_can_be_extracted() -> None:
    """A gettext of anything but a text written there is found by no tool, so it has no Welsh."""
    unread = [
        f"{path.relative_to(WEB)}:{call.lineno}"
        for path in sorted(WEB.rglob("*.py"))
        for call in _calls(path)
        if not isinstance(call.args[0], ast.Constant)
    ]
    assert not unread


def _calls(path: Path) -> Iterator[ast.Call]:
    """Yield the calls of the names that a module imported Django's gettexts under."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node
