"""The two parts of a mail that carries a content: plain text, and HTML that asks for nothing else.

The HTML has its styles on its elements, no script, no picture and no link to follow, so that a
mail reader has nothing to block and nothing tells anybody that the mail was opened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape as spelled

from candour.documents.content import (
    Block,
    Content,
    Heading,
    Items,
    Paragraph,
    Rule,
    Run,
    Runs,
    Table,
    text_of,
)
from candour.documents.letterhead import Letterhead
from candour.documents.words import WORDS

_LINE = "-" * 60
_FONT = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#0b0c0c"
_CELL = "border-bottom:1px solid #8b9299;padding:6px 12px 6px 0;text-align:left;vertical-align:top"
_PAGE = """\
<!doctype html>
<html lang="{language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body style="FONT;max-width:680px;margin:0 auto;padding:16px">
{said}
</body>
</html>
""".replace("FONT", _FONT)
_QUIET = "font-size:14px;color:#454a4d"


@dataclass(frozen=True, slots=True)
class MailBodies:
    """What a mail says: `text` for text/plain, `html` for text/html; both end in a line feed."""

    text: str
    html: str


def mail_bodies(content: Content, letterhead: Letterhead) -> MailBodies:
    """Return the text and the HTML of a mail; both say the same, in the content's language."""
    return MailBodies(_text(content, letterhead), _html(content, letterhead))


# ---- text


def _text(content: Content, head: Letterhead) -> str:
    parts = [content.title, "=" * min(len(content.title), len(_LINE)), ""]
    for label, value in head.details:
        parts.append(f"{label}: {value}")
    if head.details:
        parts.append("")
    for block in content.blocks:
        parts += [*_block_as_text(block), ""]
    for signature in head.signatures:
        parts += [line for line in (signature.name, signature.post, signature.note) if line]
        parts.append("")
    parts += ["-- ", *_sender(content.language, head)]
    return "\n".join(parts).rstrip("\n") + "\n"


def _block_as_text(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, runs):
            yield text_of(runs)
            yield ("-" if level == 2 else ".") * min(len(text_of(runs)), len(_LINE))
        case Paragraph(runs):
            yield text_of(runs)
        case Items():
            yield from _items_as_text(block, "")
        case Table(head, rows):
            yield from _table_as_text(head, rows)
        case Rule():
            yield _LINE


def _items_as_text(listed: Items, indent: str) -> Iterator[str]:
    for number, item in enumerate(listed.items, listed.start):
        mark = f"{number}. " if listed.ordered else "- "
        deeper = indent + " " * len(mark)
        yield indent + mark + text_of(item.runs).replace("\n", "\n" + deeper)
        for below in item.below:
            yield from _items_as_text(below, deeper)


def _table_as_text(head: Sequence[Runs], rows: Sequence[Sequence[Runs]]) -> Iterator[str]:
    """Yield a table row by row as “heading: cell”: columns of text fall apart on a telephone."""
    if not rows:
        yield " | ".join(text_of(cell) for cell in head)
    for number, row in enumerate(rows):
        if number:
            yield ""
        for heading, cell in zip(head, row, strict=True):
            label, value = text_of(heading), text_of(cell)
            yield f"{label}: {value}".rstrip() if label else value


def _sender(language: str, head: Letterhead) -> Iterator[str]:
    words = WORDS[language]
    yield head.body_name
    yield from head.address_lines
    for label, value in (
        (words.phone, head.phone),
        (words.email, head.email),
        (words.web, head.web),
    ):
        if value:
            yield label.format(value)
    yield from head.footer.splitlines()


# ---- HTML


def _html(content: Content, head: Letterhead) -> str:
    said = "\n".join(
        (
            f'<h1 style="font-size:22px;line-height:1.3">{spelled(content.title)}</h1>',
            *_details_as_html(head),
            *(_block_as_html(block) for block in content.blocks),
            *_signatures_as_html(head),
            f'<hr style="border:0;border-top:1px solid #8b9299">\n<p style="{_QUIET}">'
            + "<br>".join(spelled(line) for line in _sender(content.language, head))
            + "</p>",
        )
    )
    return _PAGE.format(language=content.language, title=spelled(content.title), said=said)


def _details_as_html(head: Letterhead) -> Iterator[str]:
    if head.details:
        lines = (f"{spelled(label)}: {spelled(value)}" for label, value in head.details)
        yield f"<p>{'<br>'.join(lines)}</p>"


def _signatures_as_html(head: Letterhead) -> Iterator[str]:
    for signature in head.signatures:
        lines = [f"<strong>{spelled(signature.name)}</strong>"]
        lines += [spelled(line) for line in (signature.post, signature.note) if line]
        yield f"<p>{'<br>'.join(lines)}</p>"


def _block_as_html(block: Block) -> str:
    match block:
        case Heading(level, runs):
            size = {2: 19, 3: 17}.get(level, 16)
            return f'<h{level} style="font-size:{size}px;line-height:1.3">{_runs(runs)}</h{level}>'
        case Paragraph(runs):
            return f"<p>{_runs(runs)}</p>"
        case Items():
            return _items_as_html(block)
        case Table(head, rows):
            return _table_as_html(head, rows)
        case Rule():
            return '<hr style="border:0;border-top:1px solid #8b9299">'


def _items_as_html(listed: Items) -> str:
    items = "\n".join(
        f"<li>{_runs(item.runs)}{''.join(_items_as_html(below) for below in item.below)}</li>"
        for item in listed.items
    )
    if not listed.ordered:
        return f"<ul>\n{items}\n</ul>"
    start = f' start="{listed.start}"' if listed.start != 1 else ""
    return f"<ol{start}>\n{items}\n</ol>"


def _table_as_html(head: Sequence[Runs], rows: Sequence[Sequence[Runs]]) -> str:
    headings = "".join(f'<th scope="col" style="{_CELL}">{_runs(cell)}</th>' for cell in head)
    body = "\n".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{_runs(cell)}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return (
        '<table style="border-collapse:collapse;width:100%">\n'
        f"<thead><tr>{headings}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    said = "<br>".join(spelled(line) for line in run.text.split("\n"))
    if run.emphasis:
        said = f"<em>{said}</em>"
    return f"<strong>{said}</strong>" if run.strong else said
