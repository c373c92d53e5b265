"""How fast the case log is: `python bench/cases.py [--cases 20000] [--entries 40]`.

Works on a server of its own in a temporary folder, with every safety on, which it removes. Prints
what each thing took, the medians and ratios of this one run, and what is wanted.
"""

import hashlib
import multiprocessing
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import cases_made_up as made_up
import own_site

from candour.engine import Draft, Entry, canonical

if TYPE_CHECKING:
    from candour.bodies.models import Body, Service
    from candour.people.actor import Actor
    from candour.people.models import User

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
PROCESSES = max(2, min(4, os.cpu_count() or 2))
OPEN_DUTIES = 1_000_000


def line(what: str, value: str, wanted: str = "") -> None:
    print(f"{what:<58}{value:>16}  {wanted}", flush=True)


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def median_of(runs: int, act: Callable[[], object]) -> float:
    return statistics.median(timed(act) for _ in range(runs))


@contextmanager
def as_superuser() -> Iterator[Any]:
    import psycopg

    from candour.database.address import DATABASE, administrator_parameters

    parameters = administrator_parameters() | {"dbname": DATABASE}
    with psycopg.connect(**parameters, autocommit=True) as connection:
        yield connection


def fold_alone() -> None:
    """A case of 100 entries, folded whole, and one more entry folded onto it."""
    from candour import policies
    from candour.engine import fold, from_payload, payload

    procedure = policies.load("cardiff_vale")
    chance = random.Random(1)
    log = [
        Entry(made_up.an_id(chance), kind, at, at, "1", role, data)
        for kind, role, data, at in made_up.steps(101)
    ]
    whole = log[:100]
    most = fold(procedure, whole)
    took = median_of(200, lambda: fold(procedure, whole))
    line("fold of 100 entries, median", f"{took * 1e3:.2f} ms", "wanted: under 3 ms")
    took = median_of(200, lambda: fold(procedure, log[100:], onto=most))
    line("fold of one entry onto them, median", f"{took * 1e6:.0f} µs")
    took = median_of(50, lambda: [from_payload(payload(entry)) for entry in whole])
    line("reading 100 entries from what is stored, median", f"{took * 1e3:.2f} ms")
    took = median_of(50, lambda: [canonical(entry) for entry in whole])
    line("writing 100 entries as they are hashed, median", f"{took * 1e3:.2f} ms")


def fill(cases: int, entries: int, body_id: int, user_id: int, provider_id: int) -> None:
    """Put in the cases, and say how long it took."""
    with as_superuser() as superuser:
        superuser.execute(
            "INSERT INTO bodies_service (id, name, name_cy, provider_id, kind, nursing, people,"
            " address, postcode) SELECT n, 'Service ' || n, '', %s, '', false, 'adults', '', ''"
            " FROM generate_series(1, %s) AS n",
            [provider_id, cases + 200_000],
        )
        for table in ("case_file", "case_entry"):
            superuser.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        share = -(-cases // PROCESSES)
        begun = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
            pool.starmap(
                made_up.put_in,
                [
                    (first, min(first + share - 1, cases), entries, body_id, user_id)
                    for first in range(1, cases + 1, share)
                ],
            )
        took = time.perf_counter() - begun
        for table, name in (
            ("case_file", "case_file_begins"),
            ("case_file", "case_log_refuses"),
            ("case_entry", "case_entry_fits"),
            ("case_entry", "case_entry_moves_head"),
            ("case_entry", "case_log_refuses"),
        ):
            superuser.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        superuser.execute("SELECT setval('case_file_id_seq', %s)", [cases])
        superuser.execute(
            "INSERT INTO case_number (prefix, year, last) VALUES ('CV', 2025, %s)", [cases]
        )
        superuser.execute("VACUUM ANALYZE")
    line(f"putting in {cases:,} cases of {entries}", f"{took:.0f} s")


def drafted(
    kind: str, role: str, data: dict[str, Any], at: datetime, chance: random.Random
) -> Draft:
    return Draft(made_up.an_id(chance), kind, at, "", role, data)


def appending(cases: int, body: "Body", user: "User") -> None:
    """An entry through `record`, beside a bare INSERT with a hash over the row before."""
    from candour.cases import standings
    from candour.cases.actions import wake
    from candour.cases.queries import standing
    from candour.database.row_security import acting_for

    chance = random.Random(2)
    chosen = chance.sample(range(1, cases + 1), min(400, cases))
    for case_id in chosen:  # what time alone has changed since is not what is measured here
        with acting_for([body.pk]):
            wake(case_id, NOW)
    make_bare_table(chosen)
    # One after the other for each case, so that all three meet the same disk and neighbours.
    cold, warm, inserts = [], [], []
    for case_id in chosen:
        standings.forget(case_id)
        cold.append(timed(lambda case_id=case_id: through_record(case_id, body, user, chance)))
        with acting_for([body.pk]):
            last = standing(case_id).recorded[-1]  # the page that the person saw before
        warm.append(timed(lambda case_id=case_id: through_record(case_id, body, user, chance)))
        inserts.append(timed(lambda case_id=case_id, last=last: bare(case_id, last, chance)))
    inserted = statistics.median(inserts)
    line("bare chained INSERT, median", f"{inserted * 1e3:.2f} ms")
    for what, took in (
        ("an entry through record, case just read, median", statistics.median(warm)),
        ("the same, case not read by this process, median", statistics.median(cold)),
    ):
        line(what, f"{took * 1e3:.2f} ms", f"ratio {took / inserted:.1f}, wanted: at most 4")


def through_record(case_id: int, body: "Body", user: "User", chance: random.Random) -> None:
    from candour.cases.actions import Recorded, record
    from candour.database.row_security import acting_for
    from candour.people.actor import Actor

    kind, role, data = made_up.GOING_ON[0]
    with acting_for([body.pk]):
        done = record(
            case_id=case_id,
            actor=Actor(user=user, role=role, body=body),
            draft=drafted(kind, role, data, NOW, chance),
            expected_seq=None,
            as_of=NOW,
        )
    assert isinstance(done, Recorded), done


def make_bare_table(chosen: list[int]) -> None:
    """A table with the same rows and keys, and no other safety."""
    with as_superuser() as superuser:
        superuser.execute(
            "CREATE TABLE bare (case_id bigint, seq integer, id uuid PRIMARY KEY, payload jsonb,"
            " prev_hash bytea, hash bytea, UNIQUE (case_id, seq))"
        )
        superuser.execute("GRANT ALL ON bare TO candour_app")
        superuser.execute(
            "INSERT INTO bare SELECT case_id, seq, id, payload, prev_hash, hash FROM case_entry"
            " WHERE case_id = ANY (%s)",
            [chosen],
        )
        superuser.execute("VACUUM ANALYZE bare")


def bare(case_id: int, entry: Entry, chance: random.Random) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, hash FROM bare WHERE case_id = %s ORDER BY seq DESC LIMIT 1", [case_id]
        )
        seq, end = cursor.fetchone()
        text = canonical(entry)
        digest = hashlib.sha256(end + text).digest()
        cursor.execute(
            "INSERT INTO bare VALUES (%s, %s, %s, %s, %s, %s)",
            [case_id, seq + 1, made_up.an_id(chance), text.decode(), end, digest],
        )


def start_cases(first: int, count: int, body_id: int, user_id: int) -> float:
    """Open cases with ten steps each, every one in a transaction of its own; in a process."""
    import django

    django.setup()
    from candour.bodies.models import Body, Service
    from candour.database.row_security import acting_for
    from candour.people.actor import Actor
    from candour.people.models import User

    body, user = Body.objects.get(pk=body_id), User.objects.get(pk=user_id)
    services = {each.pk: each for each in Service.objects.filter(pk__range=(first, first + count))}
    chance = random.Random(first)
    begun = time.perf_counter()
    for number in range(first, first + count):
        case_id = 0
        for kind, role, data, at in made_up.steps(11):
            actor = Actor(user=user, role=role, body=body)
            draft = drafted(kind, role, data, at, chance)
            with acting_for([body_id]):
                case_id = step(case_id, actor, services[number], draft)
    return time.perf_counter() - begun


def step(case_id: int, actor: "Actor", service: "Service", draft: Draft) -> int:
    """Open a case where there is none yet, else record in it; return its id."""
    from candour import policies
    from candour.cases.actions import Opened, Recorded, open_case, record

    if case_id:
        done = record(
            case_id=case_id, actor=actor, draft=draft, expected_seq=None, as_of=draft.happened_at
        )
        assert isinstance(done, Recorded), done
        return case_id
    opened = open_case(
        actor=actor,
        procedure=policies.load("cardiff_vale"),
        body=actor.body,
        service=service,
        draft=draft,
        as_of=draft.happened_at,
    )
    assert isinstance(opened, Opened), opened
    return opened.case_id


def starting(cases: int, body_id: int) -> None:
    """Start and ten steps, stored, by one officer in each process."""
    from candour.people.models import User

    most = 2 * PROCESSES  # while one waits for the disk, another can work
    names = [f"officer {cases}-{n}" for n in range(most)]
    users = [User.objects.create(username=name).pk for name in names]
    each = 150
    for processes in (1, PROCESSES, most):
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            base = cases + 1 + processes * 10_000
            took = pool.starmap(
                start_cases,
                [(base + each * n, each, body_id, users[n]) for n in range(processes)],
            )
        rate = processes * each / max(took)
        line(
            f"start and ten steps, {processes} process{'es' if processes > 1 else ''}",
            f"{rate:.0f} cases/s",
            "wanted: 100" if processes == most else "",
        )


def verifying() -> None:
    from candour.cases.verification import verify

    begun = time.perf_counter()
    report = verify()
    rate = report.entries / (time.perf_counter() - begun)
    assert report.sound, report.faults[:5]
    line(f"verify, {report.entries:,} entries", f"{rate:,.0f}/s", "wanted: 100,000/s")


def rebuilding(body_id: int) -> None:
    from candour.cases.models import Case
    from candour.cases.rebuilding import rebuild_case
    from candour.database.row_security import acting_for

    with acting_for([body_id]):
        found = list(Case.objects.order_by("pk").values_list("pk", "ref")[:300])
    for case_id, ref in found:  # put in with words of every frequency, and not every table drawn
        with acting_for([body_id]):
            rebuild_case(case_id, ref)
    begun = time.perf_counter()
    for case_id, ref in found:
        with acting_for([body_id]):
            rebuilt = rebuild_case(case_id, ref)
            assert not rebuilt.differences, rebuilt
    line("rebuild, one process", f"{len(found) / (time.perf_counter() - begun):,.0f} cases/s")


def fill_up_duties() -> int:
    """Copy open duties until there are a million, a hundredth of them late; return how many."""
    with as_superuser() as superuser:
        (held,) = superuser.execute(
            "SELECT count(*) FROM case_duty WHERE state = 'open'"
        ).fetchone()
        superuser.execute(
            """
            INSERT INTO case_duty (case_id, body_id, key, duty_id, title, title_cy, owner_role,
                                   started_by, started_at, cycle, due_on, late_from, state)
            SELECT case_id, body_id, 'more ' || n, duty_id, title, title_cy, owner_role,
                   started_by, started_at, cycle, due_on,
                   %s + (n %% 100000 - 1000) * interval '7 minutes', 'open'
            FROM generate_series(1, %s) AS n JOIN LATERAL (
                SELECT * FROM case_duty WHERE id = 1 + n %% %s
            ) AS d ON true
            """,
            [NOW, max(0, OPEN_DUTIES - held), held],
        )
        superuser.execute("VACUUM ANALYZE case_duty")
        (held,) = superuser.execute(
            "SELECT count(*) FROM case_duty WHERE state = 'open'"
        ).fetchone()
    return int(held)


def listing(body: "Body", user: "User") -> None:
    """The worklist and what is overdue, over a million open duties."""
    from django.db import connection

    from candour.cases.queries import worklist
    from candour.database.row_security import acting_for
    from candour.people.models import Post

    held = fill_up_duties()
    posts = [Post(user=user, body=body, role=role) for role in ("chair", "lead_officer")]
    one_role = posts[:1]

    def overdue() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, case_id, sorts_at FROM case_duty WHERE state = 'open' AND body_id = %s"
                " AND sorts_at <= %s ORDER BY sorts_at, id LIMIT 1000",
                [body.pk, NOW],
            )
            assert cursor.fetchall()

    with acting_for([body.pk]):
        what = f"1,000 overdue among {held:,} open"
        line(f"{what}, median", f"{median_of(15, overdue) * 1e3:.1f} ms", "wanted: under 50 ms")
        for name, ask in (
            ("worklist of the body", lambda: worklist(posts=posts, scope="body", as_of=NOW)),
            ("worklist of two roles", lambda: worklist(posts=posts, scope="mine", as_of=NOW)),
            ("worklist of one role", lambda: worklist(posts=one_role, scope="mine", as_of=NOW)),
        ):
            assert ask().items
            line(f"{name}, counts and suggestions, median", f"{median_of(15, ask) * 1e3:.1f} ms")
        with connection.cursor() as cursor:
            took = median_of(
                15, lambda: cursor.execute("SELECT * FROM due_wakeups(%s, 500)", [NOW]).fetchall()
            )
        line("500 cases due to be woken, median", f"{took * 1e3:.1f} ms")


def opening_pages(cases: int, body_id: int) -> None:
    from candour.cases import standings
    from candour.cases.queries import case_by_ref, standing
    from candour.database.row_security import acting_for

    chance = random.Random(3)
    refs = [f"CV-2025-{chance.randint(1, cases):04d}" for _ in range(200)]

    def read(ref: str) -> None:
        case = case_by_ref(ref)
        assert case is not None
        standing(case).at(NOW)

    with acting_for([body_id]):
        standings.forget_all()
        cold = statistics.median(timed(lambda ref=ref: read(ref)) for ref in refs)
        warm = statistics.median(timed(lambda ref=ref: read(ref)) for ref in refs)
    line("a case read and folded, median", f"{cold * 1e3:.2f} ms")
    line("a case read whose standing is kept, median", f"{warm * 1e3:.2f} ms")


def measure(cases: int, entries: int) -> None:
    from candour.bodies.models import Body
    from candour.people.models import User

    body = Body.objects.create(name="Council", slug="council", nation="wales")
    provider = Body.objects.create(name="Provider", slug="provider", nation="wales")
    user = User.objects.create(username="officer")
    line("load of this machine before", f"{os.getloadavg()[0]:.1f}", f"{os.cpu_count()} processors")
    fold_alone()
    fill(cases, entries, body.pk, user.pk, provider.pk)
    verifying()
    opening_pages(cases, body.pk)
    rebuilding(body.pk)
    appending(cases, body, user)
    starting(cases, body.pk)
    listing(body, user)
    verifying()


if __name__ == "__main__":
    own_site.run(__doc__, measure)
