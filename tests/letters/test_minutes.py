"""Minutes that leave as letters: in versions, each of which takes the place of the one before."""

from dataclasses import replace

import pytest

from candour.cases import queries
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Entry, Standing
from candour.engine.minutes import Minutes, every_minutes
from candour.letters.actions import Delivery, Sent, record_on_paper
from candour.letters.entry import asked
from candour.letters.recipients import Way
from tests.support.casework import Town, london
from tests.support.letters import (
    AFTER,
    all_of,
    begun,
    confirmed,
    fresh,
    officer,
    pressing,
    work_on,
)

pytestmark = pytest.mark.django_db


def _now(case: Case) -> Standing:
    with acting_for([case.body_id]):
        return queries.standing(fresh(case))


def _posted(town: Town, case: Case, template: str, **answers: str) -> Entry:
    draft = begun(town, case, template)
    ready = confirmed(town, draft, all_of(work_on(draft), way=Way.POST))
    told = Delivery(london("2026-03-31T10:30"), "Handed to each agency's officer.")
    with acting_for([case.body_id]):
        outcome = record_on_paper(
            actor=officer(town),
            pressing=replace(pressing(ready), data=answers),
            delivery=told,
            as_of=AFTER,
        )
    assert isinstance(outcome, Sent), outcome
    assert outcome.recorded is not None
    return outcome.recorded.entry


def _copies(case: Case) -> dict[str, Minutes]:
    return {minutes.copy: minutes for minutes in every_minutes(_now(case))}


def test_each_copy_leaves_by_itself_and_only_the_agencies_entry_is_theirs_alone(
    town: Town, case: Case
) -> None:
    members = _posted(town, case, "minutes_full")
    provider = _posted(town, case, "minutes_full_provider")
    assert (members.audience, provider.audience) == ("members", "case")
    assert {copy: len(minutes.versions) for copy, minutes in _copies(case).items()} == {
        "members": 1,
        "provider": 1,
    }


def test_a_second_letter_of_a_copy_replaces_the_first_and_says_what_it_puts_right(
    town: Town, case: Case
) -> None:
    first = _posted(town, case, "minutes_full")
    assert "corrects" not in [f.name for f in asked(work_on(begun(town, case, "letter_status")))]
    again = begun(town, case, "minutes_full")
    assert "corrects" in [field.name for field in asked(work_on(again))]
    second = _posted(town, case, "minutes_full", corrects="The visit was on 24 March.")
    assert first.id in second.refers_to
    assert second.data["corrects"] == "The visit was on 24 March."
    assert [v.id for v in _copies(case)["members"].versions] == [first.id, second.id]
