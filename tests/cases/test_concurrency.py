"""Several people, processes and crashes at one case, on a real PostgreSQL."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import connections, transaction

from candour.bodies.models import Service
from candour.cases import standings
from candour.cases.actions import Opened, Recorded, Stale, open_case, record, wake
from candour.cases.log import NoSuchCase
from candour.cases.models import Case, CaseEntry
from candour.cases.queries import entries, standing
from candour.cases.rebuilding import Rebuilt, rebuild
from candour.cases.verification import verify
from candour.database.address import URL_VARIABLES
from candour.engine import Refusal, fold
from tests.cases.conftest import World
from tests.cases.procedures import PROCEDURE, drafted, later
from tests.engine.small import at

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "auditor"])
Answer = TypeVar("Answer")


@pytest.fixture
def world(transactional_db: None, world: World) -> World:
    return world


def at_once(world: World, acts: list[Callable[[], Answer]]) -> list[Answer]:
    """Do each in a thread and a transaction of its own, all starting at the same moment."""
    ready = threading.Barrier(len(acts))

    def one(act: Callable[[], Answer]) -> Answer:
        try:
            with world.at_work():
                ready.wait(timeout=20)
                return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def propose(world: World, case_id: int, id_: str = "", seq: int | None = None) -> object:
    return record(
        case_id=case_id,
        actor=world.officer,
        draft=drafted("visit_made", later(), id_=id_),
        expected_seq=seq,
        as_of=later(),
    )


def opened(world: World) -> Opened:
    with world.at_work():
        return world.open()


def all_sound(world: World) -> bool:
    with world.at_work():
        differing = [found for found in rebuild() if found != Rebuilt(found.ref)]
    return verify().sound and not differing


def test_of_two_who_act_on_one_page_the_second_is_told(world: World) -> None:
    case = opened(world)
    answers = at_once(world, [lambda: propose(world, case.case_id, seq=1)] * 2)
    (done,) = [each for each in answers if isinstance(each, Recorded)]
    (stale,) = [each for each in answers if isinstance(each, Stale)]
    assert stale.since == (done.entry,)
    assert all_sound(world)


def test_eight_at_one_case_lose_nothing(world: World) -> None:
    case = opened(world)

    def each_kept() -> list[object]:
        done = []
        for _ in range(12):
            with world.at_work():
                done.append(propose(world, case.case_id))
        return done

    with ThreadPoolExecutor(8) as pool:
        answers = [each for done in pool.map(_closing, [each_kept] * 8) for each in done]
    assert all(isinstance(each, Recorded) for each in answers)
    with world.at_work():
        log = entries(case.case_id)
        assert len(log) == 1 + 8 * 12
        assert {each.entry.id for each in answers if isinstance(each, Recorded)} <= {
            entry.id for entry in log
        }
        assert standing(case.case_id) == fold(PROCEDURE, log)
    assert all_sound(world)


def _closing(work: Callable[[], Answer]) -> Answer:
    try:
        return work()
    finally:
        connections.close_all()


def test_one_form_sent_six_times_at_once_is_recorded_once(world: World) -> None:
    case = opened(world)
    id_ = drafted("x").id
    answers = at_once(world, [lambda: propose(world, case.case_id, id_)] * 6)
    recorded = [each for each in answers if isinstance(each, Recorded)]
    assert len(recorded) == 6
    assert sorted(each.repeated for each in recorded) == [False, *[True] * 5]
    assert CaseEntry.objects.using("auditor").count() == 2


def opening(world: World, service: Service, id_: str = "") -> Callable[[], Opened | Refusal]:
    return lambda: open_case(
        actor=world.officer,
        procedure=PROCEDURE,
        body=world.council,
        service=service,
        draft=drafted("case_opened", id_=id_),
        as_of=later(),
    )


def test_of_six_who_open_a_case_for_a_service_one_does(world: World) -> None:
    answers = at_once(world, [opening(world, world.service) for _ in range(6)])
    (done,) = [each for each in answers if isinstance(each, Opened)]
    refused = [each for each in answers if isinstance(each, Refusal)]
    assert len(refused) == 5
    assert all(done.ref in str(each) for each in refused)
    with world.at_work():
        assert world.open(service=world.other_service).ref == "TL-2026-0002"


def test_one_opening_form_sent_six_times_at_once_opens_one_case(world: World) -> None:
    id_ = drafted("x").id
    answers = at_once(world, [opening(world, world.service, id_) for _ in range(6)])
    assert {each.ref for each in answers if isinstance(each, Opened)} == {"TL-2026-0001"}
    assert len([each for each in answers if isinstance(each, Opened)]) == 6
    assert Case.objects.using("auditor").count() == 1


def test_numbers_given_at_once_have_no_gap(world: World) -> None:
    services = [
        Service.objects.create(name=f"House {n}", provider=world.service.provider) for n in range(8)
    ]
    answers = at_once(world, [opening(world, service) for service in services])
    assert sorted(each.ref for each in answers if isinstance(each, Opened)) == [
        f"TL-2026-{n:04d}" for n in range(1, 9)
    ]
    assert verify().sound


def test_two_wakes_at_once_do_a_thing_once(world: World) -> None:
    case = opened(world)
    with world.at_work():
        world.record(case.case_id, drafted("step_entered", move="to_panel", step="panel"))
        world.record(case.case_id, drafted("meeting_held", at("2026-03-30T10:00")))
    answers = at_once(world, [lambda: wake(case.case_id, at("2026-10-02"))] * 4)
    assert sorted(answers) == [0, 0, 0, 1]
    assert all_sound(world)


class Lost(Exception):
    """A request that fails after recording."""


def lose(world: World, case_id: int) -> None:
    """Record something in a transaction that is then rolled back."""
    with transaction.atomic():
        world.record(case_id, drafted("concern_raised"))
        raise Lost


def test_what_was_rolled_back_is_not_remembered(world: World) -> None:
    case = opened(world)
    with pytest.raises(Lost), world.at_work():
        lose(world, case.case_id)
    with world.at_work():
        assert len(standing(case.case_id).recorded) == 1
        world.record(case.case_id, drafted("visit_made"))
        world.record(case.case_id, drafted("visit_made"))
        assert [entry.kind for entry in entries(case.case_id)][1:] == ["visit_made"] * 2
    assert all_sound(world)


def test_a_longer_log_than_was_rolled_back_is_read_anew(world: World) -> None:
    case = opened(world)
    with pytest.raises(Lost), world.at_work():
        lose(world, case.case_id)

    def elsewhere() -> None:  # as another process would, whose standings are its own
        kept = standings._kept.pop(case.case_id)
        for _ in range(3):
            world.record(case.case_id, drafted("visit_made"))
        standings._kept[case.case_id] = kept

    with world.at_work():
        elsewhere()
        assert len(standing(case.case_id).recorded) == 4
        assert standing(case.case_id) == fold(PROCEDURE, entries(case.case_id))


def test_another_entry_in_the_place_of_one_rolled_back_is_built_upon(world: World) -> None:
    case = opened(world)
    with pytest.raises(Lost), world.at_work():
        lose(world, case.case_id)
    remembered = standings._kept.pop(case.case_id)
    with world.at_work():  # as another process would, at the very same moment
        other = world.record(case.case_id, drafted("visit_made"))
    standings._kept[case.case_id] = remembered
    assert (remembered.seq, remembered.settled and remembered.settled.at) == (2, later())

    with world.at_work():
        done = world.record(case.case_id, drafted("meeting_held"))
        assert done.seq == 3
        assert entries(case.case_id)[1:] == (other.entry, done.entry)
    assert all_sound(world)


def test_a_case_woken_elsewhere_is_read_again(world: World) -> None:
    case = opened(world)
    with world.at_work():
        world.record(case.case_id, drafted("meeting_held", at("2026-03-30T10:00")))
        remembered = standings._kept[case.case_id]
        wake(case.case_id, at("2026-04-01"))
        standings._kept[case.case_id] = remembered
        world.record(case.case_id, drafted("visit_made", at("2026-04-02")))
        assert Case.objects.get(pk=case.case_id).next_change == at("2026-04-09")
    assert all_sound(world)


def test_a_case_remembered_is_not_reached_by_another_body(world: World) -> None:
    case = opened(world)
    with world.at_work(world.board), pytest.raises(NoSuchCase):
        world.record(case.case_id, drafted("visit_made"))
    assert all_sound(world)


def test_an_inner_rollback_leaves_the_outer_work_whole(world: World) -> None:
    case = opened(world)
    with world.at_work():
        world.record(case.case_id, drafted("visit_made"))
        with pytest.raises(Lost):
            lose(world, case.case_id)
        world.record(case.case_id, drafted("meeting_held"))
    assert all_sound(world)


# --- crashes -----------------------------------------------------------------------------------


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.cases.appending", *words]


def acknowledged(child: "subprocess.Popen[str]", count: int) -> list[str]:
    """Return the ids of the first entries that the child says are committed."""
    assert child.stdout is not None
    found = [child.stdout.readline().strip() for _ in range(count)]
    assert all(found), child.stderr and child.stderr.read()
    return found


def started(words: list[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command(*words),
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.slow
def test_a_process_killed_while_it_records_loses_nothing_acknowledged(
    world: World, site_environment: dict[str, str]
) -> None:
    case = opened(world)
    words = ["append", str(case.case_id), str(world.council.pk), str(world.officer.user_id)]
    for number in (7, 23):
        with started(words, site_environment) as child:
            known = acknowledged(child, number)
            child.send_signal(signal.SIGKILL)
            known += [line.strip() for line in child.stdout or () if line.endswith("\n")]
        with world.at_work():
            assert set(known) <= {entry.id for entry in entries(case.case_id)}
            world.record(case.case_id, drafted("visit_made", later(days=3)))
        assert all_sound(world)


@pytest.fixture
def own_server() -> Iterator[dict[str, str]]:
    """The environment of a server of its own, with every safety on."""
    home = Path(tempfile.mkdtemp(prefix="candour-crash-"))
    home.chmod(0o755)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "CANDOUR_PG_PORT", *URL_VARIABLES.values()}
    }
    yield environment | {
        "CANDOUR_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "candour.site.settings",
    }
    shutil.rmtree(home, ignore_errors=True)


def said(environment: dict[str, str], *words: str) -> list[str]:
    done = subprocess.run(
        command(*words), env=environment, text=True, capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


@pytest.mark.slow
def test_postgresql_killed_while_it_records_loses_nothing_acknowledged(
    own_server: dict[str, str],
) -> None:
    ids = said(own_server, "prepare")[0].split()
    address = Path(own_server["CANDOUR_HOME"]) / "postgres.json"
    for _ in range(2):
        with started(["append", *ids], own_server) as child:
            known = acknowledged(child, 25)
            data = Path(json.loads(address.read_text(encoding="utf-8"))["data"])
            server = int((data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
            os.kill(server, signal.SIGKILL)
            known += [line.strip() for line in child.stdout or () if line.endswith("\n")]
        *found, verdict = said(own_server, "check")
        assert verdict == "sound"
        assert set(known) <= set(found)
