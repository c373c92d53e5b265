"""The Welsh catalogue: complete for the frame of the pages, and compiled from what is written."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

WEB = Path(__file__).resolve().parents[2] / "candour" / "web"
CATALOGUE = WEB / "locale" / "cy" / "LC_MESSAGES"
FRAME = [
    *sorted((WEB / "templates" / "components").glob("*.html")),
    *sorted((WEB / "templates" / "account").glob("*.html")),
    *sorted((WEB / "templates" / "errors").glob("*.html")),
    WEB / "templates" / "base.html",
    WEB / "templates" / "429.html",
    WEB / "views" / "signing_in.py",
    WEB / "dates.py",
    WEB / "navigation.py",
    WEB / "status.py",
]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "gettext_lazy": None}
OPTIONS = {"extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols"}


@pytest.fixture(scope="module")
def welsh() -> Catalog:
    with (CATALOGUE / "django.po").open("rb") as file:
        return read_po(file, locale="cy")


@pytest.mark.parametrize("source", FRAME, ids=lambda path: path.name)
def test_every_word_of_the_frame_is_in_welsh(source: Path, welsh: Catalog) -> None:
    method = "python" if source.suffix == ".py" else "jinja2"
    found = extract_from_file(method, str(source), keywords=KEYWORDS, options=OPTIONS)
    missing = []
    for _line, words, _comments, _context in found:
        message = welsh.get(words if isinstance(words, str) else words[0])
        if message is None or not message.string or message.fuzzy:
            missing.append(words)
    assert not missing, f"Add the Welsh for {missing} to {CATALOGUE / 'django.po'}"


def test_the_compiled_catalogue_is_the_written_one(welsh: Catalog) -> None:
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    assert _pairs(compiled) == _pairs(welsh), (
        "Run: pybabel compile -d candour/web/locale -D django -l cy"
    )


def _pairs(catalogue: Catalog) -> list[tuple[str, ...]]:
    return sorted(
        (*_forms(message.id), *_forms(message.string))
        for message in catalogue
        if message.id and message.string
    )


def _forms(words: object) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)  # type: ignore[arg-type]  # plural forms


def test_translations_keep_the_places_for_names_and_numbers(welsh: Catalog) -> None:
    wrong = [
        (message.id, [str(error) for error in message.check()])
        for message in welsh
        if message.string and message.check()
    ]
    assert not wrong
