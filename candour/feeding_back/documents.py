"""A digest as a document: its words in both languages, with every number in a table."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from candour.documents import Block, Content, Heading, Item, Items, Paragraph, Run, Runs, Table
from candour.engine.words import Language, Words
from candour.feeding_back.small_numbers import BAND, Side

SIDES: Final[Mapping[Side, Words]] = {
    Side.WELL: Words("What works well", "Beth sy’n gweithio’n dda"),
    Side.IMPROVE: Words("What could improve", "Beth allai wella"),
    Side.NEITHER: Words("Neither, or not said", "Dim un, neu heb ddweud"),
}
TITLE: Final = Words(
    "What people told us about {organisation}", "Beth ddywedodd pobl wrthym am {organisation}"
)
DAYS: Final = Words("From {first} to {last}.", "O {first} i {last}.")
CORRECTION: Final = Words(
    "This corrects release {number} of the same digest.",
    "Mae hwn yn cywiro cyhoeddiad {number} o’r un crynodeb.",
)
FEW: Final = Words(
    "Fewer than five people told us something. So that nobody can be known, nothing else is said.",
    "Dywedodd llai na phump o bobl rywbeth wrthym. Fel na ellir adnabod neb, ni ddywedir mwy.",
)
PEOPLE: Final = Words("People who told us", "Pobl a ddywedodd wrthym")
NOT_GIVEN: Final = Words("not given", "heb ei roi")
BETWEEN: Final = Words("{least} to {most}", "{least} i {most}")
HEADS: Final = (Words("What", "Beth"), Words("People", "Pobl"), Words("Before", "O’r blaen"))
THEMES: Final = Words("What it was about", "Am beth yr oedd")
QUOTED: Final = Words("In people’s own words", "Yng ngeiriau pobl eu hunain")
HOW: Final = Words(
    "Numbers are given in fives. A number is not given where it is small, or where a small one "
    "could be worked out from it. Each experience counts as one person. Words are quoted only "
    "where a person of ours looked at them and whoever was asked agreed.",
    "Rhoddir rhifau fesul pump. Ni roddir rhif os yw’n fach, neu os gellid cyfrifo un bach ohono. "
    "Mae pob profiad yn cyfrif fel un person. Dyfynnir geiriau dim ond lle mae un ohonom wedi "
    "edrych arnynt a lle cytunodd pwy bynnag a ofynnwyd.",
)
ASKED: Final = Words(
    "Please tell us what you learned and what you changed. We pass it on to those who told us.",
    "Dywedwch wrthym beth a ddysgoch a beth a newidioch. Byddwn yn ei drosglwyddo i’r rhai a "
    "ddywedodd wrthym.",
)
_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
}


def number_words(least: int | None, language: Language) -> str:
    """Return a band in words: “10 to 14”, or that it is not given."""
    if least is None:
        return NOT_GIVEN.text(language)
    return BETWEEN.text(language).format(least=least, most=least + BAND - 1)


def day_words(day: str, language: Language) -> str:
    """Return a day, written as ISO 8601, in words."""
    on = date.fromisoformat(day)
    return f"{on.day} {_MONTHS[language].split()[on.month - 1]} {on.year}"


def title_of(content: Mapping[str, Any], language: Language) -> str:
    """Return the title of a digest."""
    return TITLE.text(language).format(organisation=content["organisation"][language])


def document(content: Mapping[str, Any], language: Language) -> Content:
    """Return the digest as a document in a language."""
    return Content(language, title_of(content, language), tuple(_blocks(content, language)))


def _blocks(content: Mapping[str, Any], language: Language) -> Iterator[Block]:
    days = {name: day_words(content[name], language) for name in ("first", "last")}
    yield _said(DAYS.text(language).format(**days))
    if content["number"] > 1:
        yield _said(CORRECTION.text(language).format(number=content["number"] - 1))
    if not content["enough"]:
        yield _said(FEW.text(language))
        return
    yield _numbers(content, language)
    for side in (Side.WELL, Side.IMPROVE):
        yield from _side(content, side, language)
    yield from _quotations(content, Side.NEITHER, language)
    yield _said(HOW.text(language))
    yield _said(ASKED.text(language))


def _numbers(content: Mapping[str, Any], language: Language) -> Table:
    before = content["before"]
    rows = [(PEOPLE.text(language), content["people"], before and before["people"])]
    rows += [
        (
            SIDES[side].text(language),
            content["sides"][side.value],
            before and before["sides"][side.value],
        )
        for side in Side
    ]
    width = 3 if before else 2
    cells = [
        (_run(what), _run(number_words(now, language)), _run(number_words(then or None, language)))
        for what, now, then in rows
    ]
    heads = tuple(_run(head.text(language)) for head in HEADS)
    return Table(heads[:width], tuple(row[:width] for row in cells))


def _side(content: Mapping[str, Any], side: Side, language: Language) -> Iterator[Block]:
    themes = [each for each in content["themes"] if each["side"] == side.value]
    if content["sides"][side.value] is None:
        return
    yield Heading(2, _run(SIDES[side].text(language)))
    if themes:
        heads = (_run(THEMES.text(language)), _run(HEADS[1].text(language)))
        rows = tuple(
            (_run(each["title"][language]), _run(number_words(each["people"], language)))
            for each in themes
        )
        yield Table(heads, rows)
    yield from _quotations(content, side, language)


def _quotations(content: Mapping[str, Any], side: Side, language: Language) -> Iterator[Block]:
    found = [each["words"] for each in content["quotations"] if each["side"] == side.value]
    if found:
        yield Heading(3, _run(QUOTED.text(language)))
        yield Items(ordered=False, items=tuple(Item(_run(f"“{words}”")) for words in found))


def _run(text: str) -> Runs:
    return (Run(text),)


def _said(text: str) -> Paragraph:
    return Paragraph(_run(text))
