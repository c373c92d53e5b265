"""The words of an HTML message, and nothing else of it."""

import re
from html.parser import HTMLParser

SILENT = {"script", "style", "head", "title", "template", "svg", "math", "object", "noscript"}
BREAKING = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"}
BREAKING |= {"blockquote", "pre", "hr", "section", "article", "header", "footer", "dd", "dt"}
LONGEST = 40_000  # characters that are kept of a message

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u2069]"
)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # no attribute is looked at
        if tag in SILENT:
            self.silent.append(tag)
        elif tag in BREAKING:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            del self.silent[self.silent.index(tag) :]
        elif tag in BREAKING:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def words_of(html: str) -> str:
    """Return the text of an HTML message: no markup, scripts, styles, links or images."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return tidy("".join(reader.found))


def tidy(text: str) -> str:
    """Return text as it is kept: no characters that hide or turn round, and not without end."""
    seen = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = "\n".join(_SPACES.sub(" ", line).strip() for line in seen.split("\n"))
    kept = _BLANK_LINES.sub("\n\n", lines).strip()
    return kept if len(kept) <= LONGEST else f"{kept[:LONGEST].rstrip()}…"


def in_line(text: str, longest: int = 200) -> str:
    """Return text as one short line."""
    line = " ".join(tidy(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
