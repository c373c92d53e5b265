"""The Markdown of letters: what it says, what it refuses, and what a value in it comes back as."""

import time

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from candour.documents import (
    Content,
    Heading,
    Item,
    Items,
    MarkdownFault,
    Paragraph,
    Rule,
    Run,
    Table,
    as_json,
    canonical,
    escape,
    from_json,
    plain,
    read_markdown,
    text_of,
)

LETTER = """\
## What was decided

Dear **Dr Lloyd**,
thank you for *coming*.\\
We met on 3 April.

1. First
2. Second
   - below it

### By when

| Action | Owner |
|--------|-------|
| Train \\| staff | Manager |
| Tell families | |

---

☐ Yes  ☐ No  Name: ____
"""


def read(text: str) -> Content:
    return read_markdown(text, language="en", title="A letter")


def test_a_letter_is_read_into_its_blocks() -> None:
    assert read(LETTER).blocks == (
        Heading(2, (Run("What was decided"),)),
        Paragraph(
            (
                Run("Dear "),
                Run("Dr Lloyd", strong=True),
                Run(", thank you for "),
                Run("coming", emphasis=True),
                Run(".\nWe met on 3 April."),
            )
        ),
        Items(
            ordered=True,
            items=(
                Item((Run("First"),)),
                Item((Run("Second"),), (Items(ordered=False, items=(Item((Run("below it"),)),)),)),
            ),
        ),
        Heading(3, (Run("By when"),)),
        Table(
            ((Run("Action"),), (Run("Owner"),)),
            (
                ((Run("Train | staff"),), (Run("Manager"),)),
                ((Run("Tell families"),), ()),
            ),
        ),
        Rule(),
        Paragraph((Run("☐ Yes  ☐ No  Name: ____"),)),
    )


def test_a_content_goes_to_json_and_back() -> None:
    content = read(LETTER)
    assert from_json(as_json(content)) == content
    assert canonical(from_json(as_json(content))) == canonical(content)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Fine.\n\n# Loud", "Line 3: “#” is the title"),
        ("## One\n\n#### Three", "Line 3: “####” skips a level"),
        ("a\\\nb\n\n#### Deep", "Line 4: “####” skips a level"),
        ("See [here](https://example.org)", "Line 1: “[here](https:” is a link"),
        ("One\n![logo](logo.png)", "Line 2: “![logo](logo.png)” is a link or a picture"),
        ("a<br>b", "Line 1: “<br>” is HTML"),
        ("<script>alert(1)</script>", "Line 1: “<script>” is HTML"),
        ("- a\n\n  ## b", "Line 3: An item of a list holds text"),
        ("- a\n  - b\n    - c\n      - d", "Line 4: This list stands 3 lists deep"),
        ("- " * 200 + "x", "Line 1: This list stands 3 lists deep"),
        ("\\\n" * 3 + "see [x](a.html)", "Line 4: “[x](a.html)” is a link"),
        ("| a |\n|---|\n| b | c |", "Line 3: This row has 2 cells and the headings have 1"),
    ],
)
def test_what_letters_lack_is_refused_with_what_to_write_instead(text: str, says: str) -> None:
    with pytest.raises(MarkdownFault) as refused:
        read(text)
    assert str(refused.value).startswith(says)


@pytest.mark.parametrize(
    "text", ["[to confirm] (by phone)", "x < y > z", "`code`", "> quoted", "__init__", "M&S &amp;"]
)
def test_what_looks_like_text_is_text(text: str) -> None:
    assert read(text).blocks == (Paragraph((Run(text),)),)


@pytest.mark.parametrize("text", ["**" + "**", "Owner: ****.", "- \n", "## \n"])
def test_an_empty_value_leaves_nothing_behind(text: str) -> None:
    assert "*" not in canonical(read(text))
    assert all(isinstance(block, Paragraph) for block in read(text).blocks)


@pytest.mark.parametrize("mark", "[*_`<&#|\\!(~")
def test_no_mark_takes_long_however_often_it_stands_there(mark: str) -> None:
    begun = time.monotonic()
    assert said(read("x " + f"{mark}a" * 10_000 + mark * 5_000))
    assert time.monotonic() - begun < 5


PLACES = {
    "paragraph": "{}",
    "start of a line": "Dear all,\n{} and others",
    "end of a line": "It is {}\nand more",
    "middle": "It is {}, they say",
    "heading": "## {}",
    "strong": "It is **{}** now",
    "item": "- {}",
    "numbered item": "1. {}",
    "cell": "| A | B |\n|---|---|\n| {} | x |\n| y | z |",
    "tight cell": "|A|B|\n|---|---|\n|{}|x|",
    "head of a table": "| {} | B |\n|---|---|\n| x | y |",
}


def said(content: Content) -> str:
    """Everything that a content says, whatever its blocks."""
    texts = []

    def gather(value: object) -> None:
        if isinstance(value, dict):
            if "text" in value:
                texts.append(value["text"])
            for part in value.values():
                gather(part)
        elif isinstance(value, list):
            for part in value:
                gather(part)

    gather(as_json(content)["blocks"])
    return "".join(texts)


TROUBLE = st.text(
    alphabet=st.one_of(
        st.sampled_from("\\*_#-+`~[]()<>&|!:;{}=1.) \n\r\t$%^\u00a0\u2028\u202e\v\x00a"),
        st.characters(),
    ),
    min_size=1,
    max_size=30,
)


@given(value=TROUBLE)
@example(value="1.")
@example(value="# #")
@example(value="a\\\n  b\\")
@example(value="| a |\n|---|")
@example(value="&#32;")
@example(value="  ")
@example(value="a ")
@pytest.mark.parametrize("place", PLACES)
def test_an_escaped_value_comes_back_as_that_text_wherever_it_stands(
    place: str, value: str
) -> None:
    template = PLACES[place]
    marked = read(template.replace("{}", "MARK"))
    content = read(template.replace("{}", escape(value)))
    expected = said(marked).replace("MARK", plain(value))
    assert said(content) == expected
    assert [type(block) for block in content.blocks] == [type(block) for block in marked.blocks]


@pytest.mark.parametrize(
    "value",
    [
        "Tŷ Gwyn, 12 High St.",
        "Mrs O'Neill-Jones (daughter)",
        "5% of £3,000 - agreed",
        "R&D [draft] #4",
        "x_y_z",
        "a/b: c; d!",
        "jane@example.org",
    ],
)
def test_everyday_values_are_left_as_they_are(value: str) -> None:
    assert escape(value) == value


def test_a_line_break_in_a_value_is_one_that_a_person_can_edit() -> None:
    assert escape("12 High St\nCardiff") == "12 High St\\\nCardiff"
    (paragraph,) = read(escape("12 High St\nCardiff")).blocks
    assert isinstance(paragraph, Paragraph)
    assert text_of(paragraph.runs) == "12 High St\nCardiff"
