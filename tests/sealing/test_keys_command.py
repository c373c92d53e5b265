"""``candour keys`` as whoever runs the site uses it."""

import base64
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from candour.cli import keys as module
from candour.cli.keys import command
from candour.database.row_security import acting_for
from candour.sealing import masters
from candour.sealing.keeping import keep, seal, unsealed
from candour.sealing.masters import key_id
from candour.sealing.models import Purpose
from tests.sealing.conftest import NOON, Place, make_place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board(keys: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(module, "open_site", lambda: None)
    made = make_place()
    with acting_for([made.board.pk]):
        keep([seal(made.board.pk, Purpose.PERSON, b"who", context="experience/1", as_of=NOON)])
    return made


def ran(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(command, list(words))
    assert result.exit_code == code, result.output
    return result


def test_list_rotate_here_and_check(board: Place, keys: Path) -> None:
    (first,) = keys.glob("*.key")
    assert f"{first.stem}  seals" in ran("list").output
    said = ran("rotate", "--here").output
    assert f"Nothing uses {first.stem} any more" in said
    listed = ran("list").output
    assert f"{first.stem}  older" in listed
    first.unlink()
    assert "All is well" in ran("check", "--all").output
    with acting_for([board.board.pk]):
        assert unsealed(board.board.pk, Purpose.PERSON, "experience/1") == b"who"


def test_rotate_leaves_the_rows_to_the_worker(board: Place) -> None:
    assert "The worker seals everything anew" in ran("rotate").output
    assert "To be sealed anew by the worker: 1 texts." in ran("list").output
    assert "The worker" in ran("rotate").output  # asked again while it waits, it is one job


def test_a_missing_key_is_named_and_fails(board: Place, keys: Path) -> None:
    (first,) = keys.glob("*.key")
    first.unlink()
    assert first.stem in ran("check", code=1).output
    assert f"{first.stem}  missing" in ran("list").output
    assert "not here" in ran("rotate", "--here", code=1).output


def test_new_keys_by_file_and_for_the_environment(
    board: Place, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(keys.glob("*.key"))
    assert "Keep a copy" in ran("new").output
    (made,) = set(keys.glob("*.key")) - before
    assert (keys / "current").read_text().strip() == made.stem
    printed = ran("new", "--print").output.strip()
    secret = base64.b64decode(printed)
    assert len(secret) == 32
    assert not (keys / f"{key_id(secret)}.key").exists()
    monkeypatch.setenv(masters.VARIABLE, printed)
    assert f"{key_id(secret)} seals from now on: environment" in ran("rotate", "--here").output
    assert os.environ[masters.VARIABLE] not in ran("list").output
