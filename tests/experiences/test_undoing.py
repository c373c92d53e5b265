"""An import undone whole, and done again: what a case rests on stays, and everything follows."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from candour.cases.actions import Recorded, link_experiences
from candour.database.row_security import acting_for
from candour.experiences.actions import (
    NotTurned,
    count_anew,
    put_back,
    redo_import,
    take_out,
    undo_import,
    undoing,
)
from candour.experiences.actions.working import turn_import
from candour.experiences.models import Experience, Import, ImportTurn, OutBecause, Tally
from candour.experiences.queries import facets, listing
from candour.people.actor import Actor
from tests.experiences.files import AS_OF, a_body, csv_text, take_in
from tests.support.casework import make_town, open_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "given.csv"
    path.write_text(csv_text({"Parking": "1"}, {}, {"FFT answer": "Long wait"}), encoding="utf-8")
    return path


@pytest.fixture
def us() -> Iterator[Actor]:
    body = a_body()
    with acting_for([body.pk]):
        yield Actor.system(body)


def answers() -> list[str]:
    return sorted(row.answer for row in listing().rows)


def kept() -> list[tuple[object, ...]]:
    return sorted(Tally.objects.values_list("service_name", "sentiment", "theme", "experiences"))


def test_an_import_is_undone_whole_and_done_again(given: Path, us: Actor) -> None:
    batch = take_in(given).batch
    assert batch is not None
    before = kept()
    turn = undo_import(batch, actor=us, as_of=AS_OF)
    assert (turn.moved, turn.kept, turn.undone) == (3, [], True)
    assert answers() == []
    assert (listing(search="wait").rows, facets().total, kept()) == ([], 0, [])
    assert Import.objects.get(pk=batch).undone_at == AS_OF
    again = redo_import(batch, actor=us, as_of=AS_OF)
    assert (again.moved, again.kept, again.undone) == (3, [], False)
    assert (len(answers()), kept()) == (3, before)
    count_anew(us.body)
    assert kept() == before
    turns = ImportTurn.objects.order_by("pk").values_list("undone", flat=True)
    assert list(turns) == [True, False]


def test_a_file_whose_import_was_undone_may_come_in_again(given: Path, us: Actor) -> None:
    first = take_in(given).batch
    assert first is not None
    undo_import(first, actor=us, as_of=AS_OF)
    again = take_in(given)
    assert (again.taken, again.already_there) == (3, 0)
    turn = redo_import(first, actor=us, as_of=AS_OF)
    assert (turn.moved, len(turn.kept)) == (0, 3)
    assert len(answers()) == 3


def test_what_a_person_withdrew_does_not_come_back(given: Path, us: Actor) -> None:
    batch = take_in(given).batch
    assert batch is not None
    withdrawn = Experience.objects.order_by("pk")[0].pk
    take_out([withdrawn], because=OutBecause.WITHDRAWN, actor=us, as_of=AS_OF)
    assert take_in(given).already_there == 3
    assert undo_import(batch, actor=us, as_of=AS_OF).moved == 2
    assert take_in(given).taken == 2
    assert redo_import(batch, actor=us, as_of=AS_OF).moved == 0
    assert put_back([withdrawn], because=OutBecause.IMPORT_UNDONE, actor=us) == []


def test_what_a_case_rests_on_stays_and_is_named(given: Path) -> None:
    town = make_town()
    batch = take_in(given, body=town.council).batch
    assert batch is not None
    us = Actor.system(town.council)
    with acting_for([town.council.pk]):
        number = Experience.objects.order_by("pk")[1].pk
    case = open_at(town, "2026-03-10T09:00")
    with acting_for([town.council.pk]):
        linked = link_experiences(
            case_id=case.pk,
            actor=town.actor(town.mari, "lead_officer"),
            experiences=[number],
            draft_id=str(uuid4()),
            as_of=AS_OF,
        )
    assert isinstance(linked, Recorded)
    with acting_for([town.council.pk]):
        would = undoing(Import.objects.get(pk=batch))
        assert (would.out, would.kept) == (2, (number,))
        turn = undo_import(batch, actor=us, as_of=AS_OF)
        assert (turn.moved, turn.kept) == (2, [number])
        assert [row.pk for row in listing().rows] == [number]
        assert redo_import(batch, actor=us, as_of=AS_OF).moved == 2


def test_turning_twice_is_refused_and_by_a_job_does_nothing(given: Path, us: Actor) -> None:
    batch = take_in(given).batch
    assert batch is not None
    with pytest.raises(NotTurned, match="was not undone"):
        redo_import(batch, actor=us, as_of=AS_OF)
    Import.objects.filter(pk=batch).update(turning=True)
    for _ in range(2):
        turn_import(batch, us, AS_OF, undo=True)
    assert ImportTurn.objects.count() == 1
    assert not Import.objects.get(pk=batch).turning
    with pytest.raises(NotTurned, match="undone on 01/06/2026 already"):
        undo_import(batch, actor=us, as_of=AS_OF)


def test_nobody_undoes_what_another_body_took_in(given: Path, us: Actor) -> None:
    theirs = take_in(given, body=a_body("theirs")).batch
    assert theirs is not None
    with pytest.raises(NotTurned, match="voice has no import"):
        undo_import(theirs, actor=us, as_of=AS_OF)
