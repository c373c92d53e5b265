"""One language for how things stand: word, icon and colour together."""

import pytest
from django.template import engines
from django.utils import translation

from candour.web import status

KINDS = [
    "late", "today", "week", "later", "met", "cancelled", "paused", "open", "blocked", "attention"
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_status_has_a_word_and_a_shape_of_its_own(kind: str) -> None:
    tag = status.status_tag(kind)
    assert status.status_words(kind) in tag
    assert status.status_icon(kind) in tag
    assert [other for other in KINDS if status.status_icon(other) in tag] == [kind]
    assert [
        other for other in KINDS if status.status_words(other) == status.status_words(kind)
    ] == [kind]


def test_a_kept_tag_still_follows_the_reader_s_language() -> None:
    assert "Late" in status.status_tag("late")
    with translation.override("cy"):
        assert "Hwyr" in status.status_tag("late")
    assert "Late" in status.status_tag("late")


def test_words_of_somebody_else_are_escaped() -> None:
    assert "&lt;b&gt;" in status.status_tag("late", "<b>")


def test_an_unknown_status_is_refused_with_the_known_ones() -> None:
    with pytest.raises(status.UnknownStatus, match=r"'soon'\. Use one of: late, today, week"):
        status.status_tag("soon")


def test_templates_take_it_from_the_components() -> None:
    template = '{% from "components/status.html" import status_tag %}{{ status_tag("met") }}'
    assert engines["jinja2"].from_string(template).render() == status.status_tag("met")


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ _('Page %(number)s', number='<i>') }}", "Page &lt;i&gt;"),
        ("{{ _('You have %%{count} character left') }}", "You have %{count} character left"),
        ("{{ _('A & B') }}", "A & B"),
    ],
)
def test_words_take_names_and_numbers_in_and_escape_them(template: str, shown: str) -> None:
    assert engines["jinja2"].from_string(template).render() == shown
