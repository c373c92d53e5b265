"""Whatever a case holds for its agencies alone, no letter to anybody else says any of it.

Each story that has letters is told again with every entry for the agencies alone and a canary in
every word that a person wrote, save the one entry that a letter speaks of. A letter to somebody
outside that sings gives the agencies' part away.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from candour.documents.facts import Asked, ClosedToAudience, Directory, facts_for
from candour.documents.merging import merge, merge_line
from candour.engine import Standing
from candour.engine.audiences import EVERYBODY, MEMBERS
from candour.engine.entries import Entry
from candour.engine.fields import FieldType
from candour.engine.fold import fold
from candour.engine.procedure import Procedure
from candour.engine.templates import Audience, Template
from candour.policies import available, find, load
from candour.policies.scenarios import read_scenario, standing_at

STORIES = sorted(
    path
    for name in available()
    if load(name).templates
    for path in (find(name) / "scenarios").glob("*.yaml")
    if "\nletters:" in path.read_text(encoding="utf-8")
)
OUTSIDE = (Audience.PROVIDER, Audience.PEOPLE, Audience.NETWORK, Audience.PUBLIC)
WRITTEN = (FieldType.LINE, FieldType.TEXT, FieldType.LINES)
CANARY = "canary of the agencies"


def entries(path: Path) -> tuple[Entry, ...]:
    story = read_scenario(path)
    return standing_at(story, story.entries[-1].recorded).standing.recorded


def for_the_agencies(procedure: Procedure, entry: Entry) -> Entry:
    """Return an entry that is for the agencies alone, a canary in each thing somebody wrote."""
    written = {
        known.name: [CANARY] if known.type is FieldType.LINES else CANARY
        for known in procedure.kind(entry.kind).fields
        if known.type in WRITTEN and entry.data.get(known.name)
    }
    return replace(entry, data={**entry.data, **written}, audience=MEMBERS)


def retold(procedure: Procedure, log: tuple[Entry, ...], but_for: str) -> Standing:
    return fold(
        procedure,
        [
            replace(entry, audience=EVERYBODY)
            if entry.id == but_for
            else for_the_agencies(procedure, entry)
            for entry in log
        ],
    )


def letters(standing: Standing, template: Template, about: str) -> Iterator[str]:
    moment = standing.recorded[-1].recorded_at
    for language in ("en", "cy"):
        facts = facts_for(standing, Asked(template, language, moment, about), Directory())
        yield merge_line(template.subject.text(language), facts).text
        yield merge(template.text.text(language), facts).text


def spoken_of(template: Template, log: tuple[Entry, ...]) -> list[str]:
    if not template.about:
        return [""]
    return [each.id for each in log if any(one.matches(each) for one in template.about)]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parents[1].name}/{path.stem}")
def test_no_letter_to_anybody_outside_says_what_is_for_the_agencies_alone(path: Path) -> None:
    log = entries(path)
    procedure = read_scenario(path).procedure
    for template in procedure.templates.values():
        if template.audience in OUTSIDE:
            for about in spoken_of(template, log):
                standing = retold(procedure, log, about)
                for said in letters(standing, template, about):
                    assert CANARY not in said, f"{template.id}: {said}"


def test_the_canary_sings_where_it_may() -> None:
    path = find("cardiff_vale") / "scenarios" / "letters_after_a_ppm.yaml"
    log, procedure = entries(path), read_scenario(path).procedure
    standing = retold(procedure, log, "")
    minutes = procedure.templates["minutes_full"]
    assert any(CANARY in said for said in letters(standing, minutes, "ppm"))


def test_what_a_letter_outside_speaks_of_must_be_open_to_it() -> None:
    path = find("cardiff_vale") / "scenarios" / "letters_of_a_restriction.yaml"
    log, procedure = entries(path), read_scenario(path).procedure
    standing = retold(procedure, log, "")
    with pytest.raises(ClosedToAudience):
        list(letters(standing, procedure.templates["letter_restriction"], "suspension"))
