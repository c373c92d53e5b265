"""The closed syntax of merge fields: what is read, and every fault at its own place."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.documents.merge_checking import untranslated
from candour.documents.merge_syntax import How, read_merging


def said(text: str) -> list[str]:
    return [str(fault) for fault in read_merging(text).faults]


def test_paths_are_found_with_what_is_done_with_them() -> None:
    text = (
        "{% if about.meeting == 'ppm' and not case.step %}\n"
        "{% for concern in each.concern_raised %}{{ concern.criteria | listed }}{% endfor %}\n"
        "{% endif %}"
    )
    assert [(use.path, use.how, use.line, use.column) for use in read_merging(text).uses] == [
        ("about.meeting", How.ASKS, 1, 7),
        ("case.step", How.ASKS, 1, 38),
        ("each.concern_raised", How.GOES_THROUGH, 2, 19),
        ("each.concern_raised[].criteria", How.PRINTS, 2, 44),
    ]


def test_what_a_field_is_compared_with_is_known() -> None:
    text = (
        "{% if about.meeting in ['ppm', 'jimp'] %}{% elif 'x' in about.plan_reaches %}{% endif %}"
    )
    assert [use.compared for use in read_merging(text).uses] == [("ppm", "jimp"), ("x",)]


def test_two_fields_may_be_compared() -> None:
    uses = read_merging("{% if about.happened_on == letter.date %}{% endif %}").uses
    assert [use.path for use in uses] == ["about.happened_on", "letter.date"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ a() }}",
        "{{ a.b('x') }}",
        "{{ a['b'] }}",
        "{{ a ~ b }}",
        "{{ 'a' }}",
        "{{ 7 }}",
        "{{ a if b else c }}",
        "{{ a == b }}",
        "{{ [a] }}",
        "{% if a() %}{% endif %}",
        "{% if a is defined %}{% endif %}",
        "{% if a < 'b' %}{% endif %}",
        "{% if a == b == c %}{% endif %}",
        "{% if 'a' == 'b' %}{% endif %}",
        "{% if a == 7 %}{% endif %}",
        "{% for a in b() %}{% endfor %}",
        "{% for a, b in c %}{% endfor %}",
        "{% for a in b if a %}{% endfor %}",
        "{% for a in b %}{% else %}none{% endfor %}",
        "{% for a in b recursive %}{% endfor %}",
        "{% for a in b %}{% for c in a %}{% for d in c %}{% for e in d %}{% endfor %}{% endfor %}"
        "{% endfor %}{% endfor %}",
    ],
)
def test_nothing_else_is_taken(text: str) -> None:
    assert len(said(text)) == 1
    assert "Letters hold merge fields, filters" in said(text)[0]


@pytest.mark.parametrize("word", ["set", "macro", "include", "import", "raw", "block", "call"])
def test_other_words_are_not_known(word: str) -> None:
    assert f"“{word}” is not known here" in said(f"Text {{% {word} x %}}")[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ a | uper }}", "There is no filter “uper”."),
        ("{{ a | listd }}", "Did you mean “listed”?"),
        ("{{ a | day('x') }}", "“default” takes one text in quotation marks"),
        ("{{ a | default }}", "“default” takes one text in quotation marks"),
        ("{{ a | default(b) }}", "“default” takes one text in quotation marks"),
        ("{{ a | default('b', true) }}", "“default” takes one text in quotation marks"),
        ("{{- a }}", "Leave out the “-” or “+”"),
        ("{# a #}", "begins a remark"),
        ("{% if a %}", "This cannot be read"),
        ("{{ a", "This has no end"),
        ("{{ " + "a" * 600 + " }}", "one more than 500 characters away"),
        ("{{ " + "(" * 240 + "a" + ")" * 240 + " }}", "Too much stands within too much"),
        ("{% if a %}" * 300 + "{% endif %}" * 300, "Too much stands within too much"),
        ("{{ " + ".".join("a" * 20) + " }}", "Letters hold merge fields"),
    ],
)
def test_faults_say_what_to_do(text: str, words: str) -> None:
    assert words in " ".join(said(text))


def test_each_fault_has_its_line_and_column() -> None:
    text = "One\n{{ a }} and {{ a | uper }}\n\n{% if b %}{{ c ~ d }}{% endif %}"
    places = [(fault.line, fault.column) for fault in read_merging(text).faults]
    assert places == [(2, 20), (4, 11)]


def test_english_left_in_a_welsh_text_is_found_by_its_line() -> None:
    english = "We met on {{ about.happened_on }} at noon.\n\nPPM, QAM, JIMP\n\nTŷ Enfys"
    welsh = "Cyfarfuom am hanner dydd.\n\nWe met on {{ x }} at noon.\n\nPPM, QAM, JIMP\n\nTŷ Enfys"
    assert [fault.line for fault in untranslated(english, welsh)] == [3]


@given(st.text(st.sampled_from("{}%#-|.()'\" \nabif for elseend and not in"), max_size=80))
def test_whatever_is_written_is_read_or_faulted(text: str) -> None:
    syntax = read_merging(text)
    lines = text.split("\n")
    assert all(1 <= fault.line <= len(lines) for fault in syntax.faults)


@pytest.mark.parametrize("tag", ["{% elif a %}", "{% endif %}", "{{ a }}", "{{", "{%", "{% if a"])
def test_no_text_takes_long(tag: str) -> None:
    began = time.perf_counter()
    read_merging("{% if a %}" + tag * 5_000)
    assert time.perf_counter() - began < 5
