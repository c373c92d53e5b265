"""Master keys: where they come from, which one seals, and what is said of one that is no good."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from candour.sealing import masters
from candour.sealing.errors import DoesNotOpen, KeyNotHere
from candour.sealing.masters import key_id, make_master, masters_here

A, B = b"a" * 32, b"b" * 32


def as_text(*secrets: bytes) -> str:
    return ",".join(base64.b64encode(secret).decode() for secret in secrets)


def test_without_any_nothing_seals_and_it_says_where_one_is_missed(keys: Path) -> None:
    here = masters_here()
    assert (dict(here.keys), here.current, here.faults) == ({}, None, ())
    with pytest.raises(KeyNotHere, match="candour keys new"):
        here.sealing()


def test_a_new_key_is_its_owners_alone_and_seals(keys: Path) -> None:
    first = make_master()
    second = make_master()
    here = masters_here()
    assert set(here.keys) == {first.id, second.id}
    assert here.sealing().secret == second.secret
    for path in keys.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not here.faults


def test_of_two_processes_that_make_the_first_key_one_does(keys: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: make_master(first_only=True).id, range(16)))
    assert set(made) == {masters_here().sealing().id}
    assert len(list(keys.glob("*.key"))) == 1


def test_the_environment_gives_several_and_the_first_one_seals(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_folder = make_master()
    monkeypatch.setenv(masters.VARIABLE, as_text(A, B))
    here = masters_here()
    assert set(here.keys) == {key_id(A), key_id(B), in_folder.id}
    assert here.sealing().id == key_id(A)


def test_what_is_no_key_is_named_and_the_others_serve(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = make_master()
    other = make_master()
    (keys / f"{other.id}.key").write_text(as_text(B))  # another key under this name
    (keys / f"{kept.id}.key").chmod(0o644)
    monkeypatch.setenv(masters.VARIABLE, "not a key")
    here = masters_here()
    assert set(here.keys) == {kept.id}
    damaged, open_to_all = (
        sorted(fault for fault in here.faults if "damaged" in fault),
        [fault for fault in here.faults if "chmod 600" in fault],
    )
    assert len(damaged) == 1
    assert other.id in damaged[0]
    assert kept.id in open_to_all[0]
    assert any(masters.VARIABLE in fault for fault in here.faults)
    assert any("current" in fault for fault in here.faults)


def test_no_key_shows_in_what_is_printed(keys: Path) -> None:
    key = make_master()
    assert base64.b64encode(key.secret).decode() not in repr(masters_here())
    assert repr(key.secret) not in repr(masters_here())


def test_a_wrapped_key_comes_out_for_its_body_alone(keys: Path) -> None:
    key = make_master()
    wrapped = key.wrap(A, b"body 1")
    assert key.unwrap(wrapped, b"body 1") == A
    for wrong, bound in ((wrapped, b"body 2"), (wrapped[:-1] + b"?", b"body 1"), (b"", b"body 1")):
        with pytest.raises(DoesNotOpen):
            key.unwrap(wrong, bound)
