"""Merging: facts into a text, in words of its language, each value as exactly the text it is."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.documents.content import Paragraph, as_json, text_of
from candour.documents.facts import Fact, Facts, Item, RecipientFacts
from candour.documents.facts.days import day_words, long_day_words
from candour.documents.markdown import read_markdown
from candour.documents.merging import MergeFaults, addressed, merge, merge_line
from candour.documents.plain import plain
from candour.engine.words import Language
from tests.support.payloads import PAYLOADS

EASTER = date(2026, 4, 5)


def facts(*listed: Fact, language: Language = "en") -> Facts:
    return Facts(language, listed)


def day(path: str, on: date, language: Language = "en") -> Fact:
    return Fact(path, day_words(on, language), plain=on.isoformat(), on=on)


def several(path: str, *values: str) -> Fact:
    return Fact(
        path, ", ".join(values), items=tuple(Item(value, value.lower()) for value in values)
    )


def test_days_have_their_names_in_either_language() -> None:
    text = "{{ letter.date }} / {{ letter.date | day }}"
    english = merge_line(text, facts(day("letter.date", EASTER))).text
    assert english == "5 April 2026 / Sunday 5 April 2026"
    welsh = merge_line(text, facts(day("letter.date", EASTER, "cy"), language="cy")).text
    assert welsh == "5 Ebrill 2026 / dydd Sul 5 Ebrill 2026"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ar", "ar ddydd Sul"),
        ("O", "O ddydd Sul"),
        ("erbyn", "erbyn dydd Sul"),
        ("mwyar", "mwyar dydd"),
    ],
)
def test_a_welsh_day_is_softened_where_it_must_be(before: str, after: str) -> None:
    held = facts(day("letter.date", EASTER, "cy"), language="cy")
    assert after in merge(f"{before} {{{{ letter.date | day }}}}", held).text


def test_words_of_a_value_are_never_softened() -> None:
    held = facts(Fact("case.title", "ar dydd Sul \ufdd0dydd"), language="cy")
    assert merge_line("{{ case.title }}", held).text == "ar dydd Sul \ufffddydd"


def test_lists_are_joined_as_each_language_does() -> None:
    path = "about.attended"
    assert merge_line("{{ about.attended | listed }}", facts(several(path, "A"))).text == "A"
    three = several(path, "Cyngor", "Heddlu", "AGC")
    assert (
        merge_line("{{ about.attended | listed }}", facts(three)).text == "Cyngor, Heddlu and AGC"
    )
    welsh = merge_line("{{ about.attended | listed }}", facts(three, language="cy")).text
    assert welsh == "Cyngor, Heddlu ac AGC"
    two = several(path, "AGC", "Cyngor")
    assert (
        merge_line("{{ about.attended | listed }}", facts(two, language="cy")).text
        == "AGC a Cyngor"
    )


def test_only_words_that_are_no_names_lose_their_capital() -> None:
    for said, found in (("A visit", "a visit"), ("PPM", "PPM"), ("Health Board", "Health Board")):
        held = facts(Fact("about.meeting", said))
        assert merge_line("{{ about.meeting | lower_first }}", held).text == found


def test_what_there_is_not_is_empty_or_what_stands_in_for_it() -> None:
    none = facts()
    assert merge_line("[{{ about.x }}{{ latest.visit_made.findings }}]", none).text == "[]"
    assert merge_line("{{ about.x | listed | default('nobody') }}", none).text == "nobody"
    assert merge_line("{{ about.x | day }}{{ plan.actions | listed }}{{ case }}", none).text == ""


def test_conditions_ask_for_ids_and_not_for_words() -> None:
    held = facts(
        Fact("about.meeting", "Cyfarfod", plain="ppm"),
        Fact("about.final", "Na", plain=False),
        several("about.told", "Families", "Staff"),
    )
    asked = {
        "about.meeting == 'ppm'": True,
        "about.meeting != 'ppm'": False,
        "about.meeting in ('qam', 'ppm')": True,
        "'staff' in about.told": True,
        "'police' in about.told": False,
        "'police' not in about.told": True,
        "about.final": False,
        "not about.final and about.told": True,
        "about.none or about.meeting": True,
        "about.none == latest.none": False,
        "about.meeting == about.meeting": True,
        "restrictions": False,
    }
    for condition, holds in asked.items():
        text = f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}"
        assert merge_line(text, held).text == ("yes" if holds else "no"), condition


def test_lists_are_gone_through_and_lines_of_tags_vanish() -> None:
    held = facts(
        Fact("plan.actions.0.title", "One"),
        Fact("plan.actions.1.title", "Two"),
        several("about.told", "A", "B"),
    )
    text = (
        "Before\n\n{% if plan.actions %}\n{% for action in plan.actions %}\n- {{ action.title }}\n"
        "{% endfor %}\n\n{% endif %}\n{% for one in about.told %}{{ one }}{% endfor %}\n\n\n"
        "\nAfter\n"
    )
    assert merge(text, held).text == "Before\n\n- One\n- Two\n\nAB\n\nAfter\n"


def test_what_was_used_is_known_and_nothing_else() -> None:
    held = facts(
        Fact("about.meeting", "PPM", "e1", plain="ppm"),
        day("about.happened_on", EASTER),
        Fact("case.title", "Never used"),
        Fact("about.attended", "A", "e1", items=(Item("A", "a"),)),
    )
    text = (
        "{% if about.meeting %}{{ about.happened_on | day }}{% endif %}"
        "{% for one in about.attended %}{{ one | lower_first }}{% endfor %}{{ about.none }}"
    )
    used = merge(text, held).used
    assert [fact.path for fact in used] == ["about.meeting", "about.happened_on", "about.attended"]
    assert used[0].as_json() == {"path": "about.meeting", "value": "PPM", "entry": "e1"}
    assert used[1].value == "5 April 2026"


def test_one_text_serves_each_recipient() -> None:
    merged = merge("Dear {{ recipient.name }}\n\n{{ case.title }}", facts(Fact("case.title", "T*")))
    assert merged.text == "Dear {{ recipient.name }}\n\nT\\*\n"
    assert "Dear Mrs \\* Rees" in addressed(merged.text, RecipientFacts("Mrs * Rees"))
    subject = merge_line("To {{ recipient.body }}: {{ recipient.role }}", facts()).text
    assert (
        addressed(subject, RecipientFacts("", "Chair", "A*\nB"), markdown=False) == "To A* B: Chair"
    )
    named = facts(Fact("recipient.name", "Mr Price"))
    assert merge_line("{{ recipient.name }}", named).text == "Mr Price"


def test_a_text_with_a_fault_is_not_merged() -> None:
    with pytest.raises(MergeFaults, match="line 1, column 1: “set” is not known") as raised:
        merge("{% set a = 'b' %}", facts())
    assert len(raised.value.faults) == 1


PLACES = (
    "{{ case.title }}",
    "- {{ case.title }}\n- next",
    "1. {{ case.title | lower_first }}",
    "before **{{ case.title }}** after",
    "| Head | Other |\n|---|---|\n| {{ case.title }} | {{ case.title | default('x') }} |",
    "{% for one in about.attended %}{{ one }}{% endfor %}",
    "{% if case.title == 'x' %}x{% else %}{{ case.title }}\\\n{{ case.title }}{% endif %}",
)


@pytest.mark.parametrize("text", PLACES)
def test_a_value_is_text_and_nothing_else_wherever_it_stands(text: str) -> None:
    """Each hostile value comes back as itself, and the text around it is what it was without."""
    plain_word = _drawn(text, "word")
    for value in PAYLOADS:
        if not plain(value).strip():
            continue
        shown = plain(value)
        if "lower_first" in text:
            shown = plain(_lowered(value))
        assert _drawn(text, value) == plain_word.replace("word", shown), value


def _lowered(said: str) -> str:
    return said if said[1:] != said[1:].lower() else said[:1].lower() + said[1:]


def _of(value: str) -> Facts:
    return facts(Fact("case.title", value, plain=value), several("about.attended", value))


def _drawn(text: str, value: str) -> str:
    """Return everything that a text says with a value in it, each block and cell by itself."""
    content = read_markdown(merge(text, _of(value)).text, language="en", title="")
    return " ¦ ".join(_spelt(block) for block in as_json(content)["blocks"])


def _spelt(part: object) -> str:
    if isinstance(part, dict):
        if "text" in part:
            return str(part["text"])
        return "/".join(_spelt(value) for key, value in part.items() if key != "level")
    if isinstance(part, list):
        return "".join(_spelt(item) for item in part)
    return ""


def test_a_hostile_text_is_refused_or_says_what_it_is() -> None:
    """A body’s own wording may hold anything: it never runs, and nothing but facts is reached."""
    for value in PAYLOADS:
        found = ""
        with suppress(MergeFaults):
            found = merge(f"{value}\n", _of("title")).text
        assert "49" not in found or "49" in value


@given(st.text(max_size=60))
def test_any_value_comes_back_as_it_was(value: str) -> None:
    markdown = merge("a {{ case.title }} z", facts(Fact("case.title", value))).text
    block = read_markdown(markdown, language="en", title="").blocks[0]
    assert isinstance(block, Paragraph)
    assert text_of(block.runs) == f"a {plain(value)} z"


def test_no_attribute_of_anything_can_be_reached() -> None:
    text = "{{ case.__class__ }}{{ case.title.__class__.__mro__ }}{{ case.get }}{{ each.items }}"
    assert merge(text, facts(Fact("case.title", "T"))).text == "\n"


def test_moments_are_told_with_their_london_time() -> None:
    noon = datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
    assert day_words(noon, "en") == "1 July 2026 at 12:30"
    assert long_day_words(noon, "cy") == "dydd Mercher 1 Gorffennaf 2026 am 12:30"
