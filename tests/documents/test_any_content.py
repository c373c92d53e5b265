"""Any content that could be stored makes each of the documents, and goes to JSON and back."""

import json
from datetime import UTC, datetime

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from candour.documents import (
    Block,
    Content,
    Heading,
    Item,
    Items,
    Letterhead,
    MalformedContent,
    MarkdownFault,
    Paragraph,
    Rule,
    Run,
    Signature,
    Table,
    as_json,
    canonical,
    from_json,
    mail_bodies,
    pdf,
    read_markdown,
    word,
)

MADE_AT = datetime(2026, 2, 28, 23, 59, tzinfo=UTC)
TEXT = st.text(max_size=12)
RUNS = st.lists(st.builds(Run, TEXT, st.booleans(), st.booleans()), max_size=3).map(tuple)
ITEM = st.builds(Item, RUNS)
LISTED = st.builds(
    Items, st.booleans(), st.lists(ITEM, min_size=1, max_size=3).map(tuple), st.integers(1, 9)
)
NESTED = st.builds(
    Items,
    st.booleans(),
    st.lists(
        st.builds(Item, RUNS, st.lists(LISTED, max_size=2).map(tuple)), min_size=1, max_size=2
    ).map(tuple),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    row = st.lists(RUNS, min_size=width, max_size=width).map(tuple)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=3))))


BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.just(2), RUNS.filter(lambda runs: any(run.text.strip() for run in runs))),
    st.builds(Paragraph, RUNS),
    NESTED,
    tables(),
    st.builds(Rule),
)
CONTENT = st.builds(
    Content, st.sampled_from(["en", "cy"]), TEXT, st.lists(BLOCK, max_size=5).map(tuple)
)
LINES = st.lists(TEXT, max_size=3).map(tuple)
HEAD = st.builds(
    Letterhead,
    TEXT,
    address_lines=LINES,
    phone=TEXT,
    footer=TEXT,
    addressee=LINES,
    details=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    signatures=st.lists(st.builds(Signature, TEXT, TEXT, TEXT), max_size=3).map(tuple),
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=CONTENT, head=HEAD)
def test_any_content_makes_each_document(content: Content, head: Letterhead) -> None:
    assert pdf(content, head, made_at=MADE_AT, seal="ABCD").startswith(b"%PDF-")
    assert word(content, head).startswith(b"PK")
    assert mail_bodies(content, head).html.startswith("<!doctype html>")


@given(content=CONTENT)
def test_any_content_goes_to_json_and_back(content: Content) -> None:
    stored = json.loads(json.dumps(as_json(content)))
    assert from_json(stored) == content
    assert json.loads(canonical(content)) == stored


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"language": "en", "title": "x"},
        {"language": "fr", "title": "x", "blocks": []},
        {"language": "en", "title": "x", "blocks": [{"block": "picture"}]},
        {"language": "en", "title": "x", "blocks": [{"block": "paragraph", "runs": [{}]}]},
        {"language": "en", "title": None, "blocks": []},
    ],
)
def test_what_is_no_content_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(MalformedContent):
        from_json(stored)


@given(text=st.text(alphabet="#-+*_|\\&;<>[]()1. \n\tab", max_size=60))
def test_whatever_people_write_is_read_or_refused_with_a_line(text: str) -> None:
    line = 0
    try:
        content = read_markdown(text, language="en", title="x")
    except MarkdownFault as refused:
        line = refused.line
        content = read_markdown("", language="en", title="x")
    assert 0 <= line <= text.count("\n") + 1
    assert from_json(as_json(content)) == content
