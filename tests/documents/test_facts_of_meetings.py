"""What minutes may say: what was recorded in the meeting, in each copy what its readers may see."""

from functools import cache

import pytest

from candour.documents.facts.directory import Directory
from candour.documents.facts.gathering import Asked, facts_for
from candour.documents.facts.values import Facts
from candour.engine import Standing
from candour.policies.packs import SHIPPED
from candour.policies.scenarios import read_scenario
from candour.policies.scenarios.playing import Play
from candour.policies.scenarios.reading import Happening

LIVE = SHIPPED / "cardiff_vale" / "scenarios" / "ppm_taken_live.yaml"


@cache
def held_live() -> Standing:
    """A PPM taken live in two parts, with its minutes circulated once to each side."""
    scenario = read_scenario(LIVE)
    play = Play(scenario.procedure)
    for each in sorted(scenario.entries, key=lambda one: one.recorded):
        if isinstance(each, Happening):
            play.take(each)
    assert not play.failures
    return play.standing


def facts(template: str, language: str = "en") -> Facts:
    standing = held_live()
    held = standing.by_kind["meeting_held"][-1]
    asked = Asked(
        standing.procedure.templates[template],
        "cy" if language == "cy" else "en",
        standing.recorded[-1].recorded_at,
        held.id,
    )
    return facts_for(standing, asked, Directory(case_ref="CV-2026-0001"))


def said(found: Facts) -> list[tuple[str, str, str]]:
    def of(number: int, name: str) -> str:
        return found.by_path[f"meeting.said.{number}.{name}"].value

    count = sum(
        path.startswith("meeting.said.") and path.endswith(".time") for path in found.by_path
    )
    return [(of(n, "time"), of(n, "title"), of(n, "part")) for n in range(count)]


def test_the_agencies_copy_has_all_that_was_recorded_in_both_parts() -> None:
    assert said(facts("minutes_full")) == [
        ("13:30", "Decision made", "Members only"),
        ("13:40", "Rating agreed", "Members only"),
        ("14:20", "Action added", "With the provider"),
        ("15:05", "Decision made", "Members only"),
    ]


def test_the_providers_copy_has_what_was_said_with_it_there_and_no_word_more() -> None:
    found = facts("minutes_full_provider")
    assert said(found) == [("14:20", "Action added", "With the provider")]
    words = " ".join(fact.value for fact in found.facts)
    assert "Check every medicine round" in words
    for kept in ("who is at risk", "Agreed round the table", "written to on Thursday"):
        assert kept not in words


def test_each_line_names_its_field_in_the_language_of_the_copy() -> None:
    lines = facts("minutes_full").by_path["meeting.said.2.lines"].items
    assert any(item.value.endswith(": M. Price") for item in lines)
    welsh = facts("minutes_full", "cy")
    assert welsh.by_path["meeting.said.0.part"].value == "Aelodau’n unig"


@pytest.mark.parametrize(
    ("template", "version"),
    # Both went out on 13 April; the members’ was put right on the 20th.
    [("minutes_full", "3"), ("minutes_full_provider", "2")],
)
def test_who_was_there_and_which_version_this_is(template: str, version: str) -> None:
    found = facts(template)
    assert len(found.by_path["meeting.present"].items) == 4
    assert found.by_path["meeting.version"].value == version
