"""Reads pages as a person would: parts by their words, and text without its marks."""

import html
import re
from typing import Protocol


class Answer(Protocol):
    """What a browser got: its bytes."""

    @property
    def content(self) -> bytes: ...


def text_of(markup: str) -> str:
    """Return what a person reads in a piece of a page, with single spaces."""
    words = re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", words)).split())


def main_of(answer: Answer) -> str:
    """Return the markup of a page's own part."""
    return answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def read(answer: Answer) -> str:
    """Return what a person reads on a page, in its own part."""
    return text_of(main_of(answer))


def part(answer: Answer, label: str) -> str:
    """Return the markup of the section that is labelled by this id."""
    found = re.search(
        rf'<section [^>]*aria-labelledby="{label}"[^>]*>(.*?)</section>',
        main_of(answer),
        re.DOTALL,
    )
    assert found, f"there is no section “{label}” on the page"
    return found[1]


def items(markup: str, mark: str) -> list[str]:
    """Return what a person reads in each list item of this class, in order."""
    pieces = re.split(rf'<li class="{mark}\b', markup)[1:]
    return [text_of("<li " + piece) for piece in pieces]
