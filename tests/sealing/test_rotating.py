"""Rotating keys: at once, row by row, stopped half-way, and with keys that are lost."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from candour.database.row_security import acting_for
from candour.sealing import rotating
from candour.sealing.errors import KeyNotHere
from candour.sealing.keeping import keep, of_experience, seal, seal_many, unsealed
from candour.sealing.masters import make_master, masters_here
from candour.sealing.models import DataKey, Purpose, SealedIdentity
from candour.sealing.overview import faults, key_lines, master_lines, waiting
from candour.sealing.rotating import bodies_waiting, reseal, rotate
from tests.sealing.conftest import NOON, Place, make_place

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = 1_200


@pytest.fixture
def board(keys: Path) -> Place:
    """A board with some texts sealed, all of it committed; another body with one."""
    made = make_place()
    with acting_for([made.board.pk]):
        texts = ((of_experience(n), f"words {n}".encode()) for n in range(TEXTS))
        keep(seal_many(made.board.pk, Purpose.WORDS, texts, as_of=NOON))
    with acting_for([made.other.pk]):
        keep([seal(made.other.pk, Purpose.PERSON, b"one", context="experience/1", as_of=NOON)])
    return made


def words(place: Place, number: int) -> bytes:
    with acting_for([place.board.pk]):
        return unsealed(place.board.pk, Purpose.WORDS, of_experience(number))


def test_nothing_needs_the_old_key_once_it_is_done(board: Place, keys: Path) -> None:
    old = masters_here().sealing()
    done = rotate(make_master(), NOON)
    assert (done.wrapped, done.lost) == (2, 0)
    assert {line.id: line.bodies for line in master_lines()}[old.id] == 0  # at once
    assert waiting() == TEXTS + 1
    (keys / f"{old.id}.key").unlink()
    assert words(board, 7) == b"words 7"
    for body in bodies_waiting():
        list(reseal(body))
    assert waiting() == 0
    assert len(key_lines()) == 2  # the older keys of the bodies are gone: nothing used them
    assert words(board, TEXTS - 1) == f"words {TEXTS - 1}".encode()
    assert list(faults(every=True)) == []


def test_stopped_half_way_it_goes_on_where_it_was(board: Place) -> None:
    rotate(make_master(), NOON)
    steps = reseal(board.board.pk)
    assert next(steps).done == rotating.AT_ONCE
    del steps  # as when its process ends
    assert waiting() == TEXTS - rotating.AT_ONCE + 1
    assert words(board, 1) == b"words 1"
    assert words(board, TEXTS - 1) == f"words {TEXTS - 1}".encode()
    assert sum(step.done for step in reseal(board.board.pk)) == TEXTS - rotating.AT_ONCE
    assert sum(step.done for step in reseal(board.board.pk)) == 0


def test_killed_at_any_moment_nothing_is_lost(
    board: Place, keys: Path, site_environment: dict[str, str]
) -> None:
    rotate(make_master(), NOON)
    home = site_environment | {"CANDOUR_HOME": str(keys.parent)}
    program = (
        "import django; django.setup()\n"
        "from candour.sealing import rotating\n"
        "rotating.AT_ONCE = 20\n"
        f"for step in rotating.reseal({board.board.pk}): print(step.done, flush=True)\n"
    )
    environment = home | {"DJANGO_SETTINGS_MODULE": "candour.site.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"20\n"
        time.sleep(0.05)
        os.kill(child.pid, 9)
    left = waiting()
    assert 0 < left < TEXTS
    assert {words(board, n) for n in (0, 30, TEXTS - 1)} == {
        b"words 0",
        b"words 30",
        f"words {TEXTS - 1}".encode(),
    }
    for body in bodies_waiting():
        list(reseal(body))
    assert waiting() == 0
    assert list(faults(every=True)) == []


def test_what_does_not_open_is_left_and_named_and_holds_up_nothing(board: Place) -> None:
    with acting_for([board.board.pk]), connection.cursor() as cursor:
        cursor.execute("UPDATE sealed_identity SET sealed = '\\x00' WHERE context = 'experience/3'")
        bad = SealedIdentity.objects.get(context="experience/3").pk
    rotate(make_master(), NOON)
    steps = list(reseal(board.board.pk))
    assert [pk for step in steps for pk in step.unsound] == [bad]
    assert sum(step.done for step in steps) == TEXTS - 1
    (fault,) = faults(every=True)
    assert "experience/3" in fault


def test_a_key_that_is_lost_stays_and_comes_back(board: Place, keys: Path) -> None:
    old = masters_here().sealing()
    path = keys / f"{old.id}.key"
    path.rename(path.with_suffix(".away"))
    done = rotate(make_master(), NOON)
    assert (done.wrapped, done.lost) == (0, 2)
    assert list(reseal(board.board.pk)) == []
    assert any(old.id in fault for fault in faults())
    with pytest.raises(KeyNotHere):
        words(board, 1)
    path.with_suffix(".away").rename(path)
    assert sum(step.done for step in reseal(board.board.pk)) == TEXTS
    assert words(board, 1) == b"words 1"


def test_a_key_that_somebody_seals_with_just_now_is_not_deleted(
    board: Place, app_cursor: Any
) -> None:
    rotate(make_master(), NOON)
    rotating._some(board.other.pk, ())
    with acting_for([board.other.pk]):
        older = DataKey.objects.order_by("number")[0]
    app_cursor.execute("SELECT set_config('candour.bodies', %s, false)", [str(board.other.pk)])
    app_cursor.execute("SELECT id FROM sealing_key WHERE id = %s FOR KEY SHARE", [older.pk])
    with acting_for([board.other.pk]), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            rotating._drop_unused(board.other.pk)


def test_check_names_what_is_wrong_and_shows_nothing_sealed(board: Place, keys: Path) -> None:
    assert list(faults()) == []
    name = masters_here().sealing().id
    (keys / f"{name}.key").chmod(0o640)
    (fault,) = faults()
    assert "chmod 600" in fault
    (keys / f"{name}.key").unlink()
    found = list(faults())
    assert any("stay sealed" in fault for fault in found)
    assert any("cannot be kept" in fault for fault in found)
    assert not any("words" in fault for fault in found)
