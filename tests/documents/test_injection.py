"""Hostile values in every place where a value can stand: none runs, and all arrive as text."""

import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from django.core.mail import EmailMessage

from candour.documents import (
    Content,
    Letterhead,
    Signature,
    escape,
    mail_bodies,
    one_line,
    pdf,
    plain,
    read_markdown,
    word,
)
from candour.documents.fonts import drawable
from tests.support.payloads import PAYLOADS
from tests.support.reading_back import ReadHtml, pdf_text, squeezed, tags, word_text

BATCH = 12
BATCHES = [PAYLOADS[begin : begin + BATCH] for begin in range(0, len(PAYLOADS), BATCH)]
MADE_AT = datetime(2026, 4, 4, 12, tzinfo=UTC)
PLACES = (  # Markdown round a value; the first letters of each say where one was lost
    "## Heading {}",
    "Paragraph {} and **strong {}** and *stressed {}*",
    "{}",
    "- Item {}\n  1. Numbered {}",
    "| Head {} | B |\n|---|---|\n| {} | Cell {} |",
)
PLACES_IN_THE_TEXT = sum(place.count("{}") for place in PLACES)
PLACES_IN_THE_HEAD = 9
ONCE = re.compile(r"(.)\1+")
FOR_ALL = pytest.mark.parametrize("payloads", BATCHES, ids=range(len(BATCHES)))


def written(payloads: Sequence[str]) -> Content:
    text = "\n\n".join(
        place.replace("{}", escape(payload)) for payload in payloads for place in PLACES
    )
    return read_markdown(text, language="en", title=f"Title {payloads[0]}")


def head(payloads: Sequence[str]) -> Letterhead:
    """A letterhead that holds every payload in each of its places."""
    return Letterhead(
        body_name=" ".join(payloads),
        address_lines=tuple(payloads),
        phone=" ".join(payloads),
        email=" ".join(payloads),
        web=" ".join(payloads),
        footer="\n".join(payloads),
        addressee=tuple(payloads),
        details=tuple((payload, payload) for payload in payloads),
        signatures=tuple(Signature(payload, payload, payload) for payload in payloads),
    )


def times(payload: str, payloads: Sequence[str]) -> int:
    """How often a payload has to be found: once in each place of its own."""
    return PLACES_IN_THE_TEXT + PLACES_IN_THE_HEAD + (payload == payloads[0])


def test_there_are_more_than_five_hundred() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 500


@FOR_ALL
def test_none_runs_in_a_pdf_and_all_arrive_as_text(payloads: Sequence[str]) -> None:
    made = pdf(written(payloads), head(payloads), made_at=MADE_AT)
    said = squeezed(pdf_text(made))
    for payload in payloads:
        shown = squeezed(drawable(plain(payload)))
        # A reader that knows no ActualText repeats a letter for each loose mark on it.
        found = max(said.count(shown), ONCE.sub(r"\1", said).count(ONCE.sub(r"\1", shown)))
        assert not shown or found >= times(payload, payloads), payload
    assert "root:x:0" not in said
    assert said.count("Title") >= 1
    assert tags(made).count("H1") == 1
    assert tags(made).count("H2") == len(payloads)
    assert tags(made).count("Table") == len(payloads)
    with pikepdf.open(BytesIO(made)) as opened:
        assert "/OpenAction" not in opened.Root
        for part in opened.objects:
            if isinstance(part, pikepdf.Dictionary):
                assert not {"/JS", "/URI", "/Launch", "/AA", "/EmbeddedFiles"} & set(part.keys())


@FOR_ALL
def test_none_runs_in_word_and_all_arrive_as_text(payloads: Sequence[str]) -> None:
    made = word(written(payloads), head(payloads))
    said = squeezed(word_text(made))
    for payload in payloads:
        shown = squeezed(plain(payload))
        assert not shown or said.count(shown) >= times(payload, payloads), payload
    assert "root:x:0" not in said
    with zipfile.ZipFile(BytesIO(made)) as opened:
        files = {name: opened.read(name).decode(errors="replace") for name in opened.namelist()}
    assert not [name for name in files if "TargetMode" in files[name]]
    parts = "".join(xml for name, xml in files.items() if name.startswith("word/"))
    assert "instrText>" not in parts
    assert "<w:altChunk" not in parts
    fields = re.findall(r'w:instr="([^"]*)"', parts)
    assert fields == ["PAGE", "NUMPAGES"]


ALLOWED = {
    "html": {"lang", "dir"},
    "head": set(),
    "meta": {"charset", "name", "content"},
    "title": set(),
    "body": {"style"},
    "h1": {"style"},
    "h2": {"style"},
    "p": {"style"},
    "ul": set(),
    "ol": set(),
    "li": set(),
    "table": {"style"},
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"style", "scope"},
    "td": {"style"},
    "strong": set(),
    "em": set(),
    "br": set(),
    "hr": {"style"},
}


@FOR_ALL
def test_none_runs_in_a_mail_and_all_arrive_as_text(payloads: Sequence[str]) -> None:
    content, letterhead = written(payloads), head(payloads)
    bodies = mail_bodies(content, letterhead)
    page = ReadHtml(bodies.html)
    assert set(page.tags) <= set(ALLOWED)
    assert all(name in ALLOWED[tag] for tag, name, _value in page.attributes)
    assert page.tags.count("meta") == 2
    text, html = squeezed(bodies.text), squeezed(page.text)
    for payload in payloads:
        shown = squeezed(plain(payload))
        # The address window is on paper only.
        wanted = times(payload, payloads) - 1
        assert not shown or (text.count(shown) >= wanted and html.count(shown) >= wanted), payload


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_title_makes_a_subject_and_nothing_else(payload: str) -> None:
    title = Content("en", payload, ()).title
    assert title == one_line(payload)
    message = EmailMessage(title, "x", "from@example.org", ["to@example.org"]).message()
    headers = message.as_bytes().partition(b"\n\n")[0]
    names = [line.partition(b":")[0] for line in headers.replace(b"\n ", b" ").split(b"\n")]
    assert sorted(names) == [
        b"Content-Transfer-Encoding",
        b"Content-Type",
        b"Date",
        b"From",
        b"MIME-Version",
        b"Message-ID",
        b"Subject",
        b"To",
    ]
