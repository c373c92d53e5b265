"""What is wrong with the text of a letter, said so that its writer can put it right."""

import re

_BACKSLASHED = re.compile(r"\\[!-/:-@\[-`{-~]")
_LINK = re.compile(
    r"!?\[[^\[\n]{0,200}?\]\((?:[a-z][a-z+.-]*:|www\.|/|#|\S+\.[a-z]{2,4}\))", re.IGNORECASE
)
_HTML = re.compile(
    r"<(?:!--|/?(?:a|b|blockquote|body|br|center|code|div|em|embed|font|form|h[1-6]|hr|html|i|iframe"
    r"|img|input|li|link|meta|object|ol|p|pre|script|small|span|strong|style|su[bp]|svg"
    r"|table|t[dhr]|tbody|thead|u|ul)\b[^<>]*>)",
    re.IGNORECASE,
)
_INSTEAD = (
    (
        _LINK,
        "“{0}” is a link or a picture, and a letter has to work on paper: "
        "write the address out in the text.",
    ),
    (
        _HTML,
        "“{0}” is HTML, which letters do not read: write **strong** or *emphasis*, "
        "a list with “-”, or a backslash at the end of a line to break it.",
    ),
)


UNREADABLE_LOGO = (
    "The logo of the letterhead is no PNG or JPEG that can be read: upload it again there."
)


class MarkdownFault(ValueError):
    """A text uses what letters do not have. `line` counts from 1; `message` says what to do."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"Line {line}: {message}")
        self.message = message
        self.line = line


class Undrawable(ValueError):
    """A document could not be drawn; the message says what stands in the way."""


def refuse_what_letters_lack(text: str) -> None:
    """Refuse links, pictures and HTML, which the writer would find spelt out in the letter.

    Raises:
        MarkdownFault: the first of them, with the line it is on.
    """
    bare = _BACKSLASHED.sub("\0\0", text)
    for pattern, instead in _INSTEAD:
        found = pattern.search(bare)
        if found:
            shown = text[found.start() : found.end()][:60]
            line = text.count("\n", 0, found.start()) + text.count("\v", 0, found.start()) + 1
            raise MarkdownFault(instead.format(shown), line)
