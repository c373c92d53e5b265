"""Narrowing a list by source, by rating, and by whether a case rests on an experience."""

from uuid import uuid4

import pytest

from candour.cases.actions import Recorded, link_experiences
from candour.database.row_security import acting_for
from candour.experiences.in_use import words_in_use
from candour.experiences.queries import Filters, facets, listing
from tests.support.casework import Town, london, make_town, open_at
from tests.support.told import tell


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def _found(town: Town, filters: Filters) -> list[str]:
    with acting_for([town.council.pk]):
        return sorted(each.answer for each in listing(filters=filters).rows)


def test_by_source_and_by_rating(town: Town) -> None:
    tell(town.council, ["filed"], source="nhs-fft", rating="poor")
    tell(town.council, ["written"], source="form", rating="good")
    tell(town.elsewhere, ["not ours"], source="phone", rating="very odd")
    assert _found(town, Filters(source="form")) == ["written"]
    assert _found(town, Filters(rating="poor")) == ["filed"]
    assert _found(town, Filters(rating="poor", source="form")) == []


def test_the_words_in_use_are_those_of_the_own_body(town: Town) -> None:
    tell(town.council, ["a", "b"], source="nhs-fft", rating="poor")
    tell(town.council, ["c"], source="form", rating="")
    tell(town.elsewhere, ["not ours"], source="phone", rating="very odd")
    with acting_for([town.council.pk]):
        in_use = words_in_use()
    assert (in_use.sources, in_use.ratings) == (["form", "nhs-fft"], ["poor"])
    with acting_for([]):
        assert words_in_use().sources == []


def test_linked_means_to_a_case_that_the_reader_may_see(town: Town) -> None:
    linked, loose = tell(town.council, ["linked", "loose"])
    case = open_at(town, "2026-03-09T09:00")
    with acting_for([town.council.pk]):
        answer = link_experiences(
            case_id=case.pk,
            actor=town.actor(town.mari, "lead_officer"),
            experiences=[linked.pk],
            draft_id=str(uuid4()),
            as_of=london("2026-03-09T10:00"),
        )
    assert isinstance(answer, Recorded)
    assert _found(town, Filters(linked=True)) == ["linked"]
    assert _found(town, Filters(linked=False)) == ["loose"]
    with acting_for([town.council.pk]):
        counted = facets(filters=Filters(linked=True))
        assert (counted.total, counted.complete) == (1, True)
    with acting_for([town.elsewhere.pk]):
        assert listing(filters=Filters(linked=True)).rows == []
    assert loose.pk != linked.pk
