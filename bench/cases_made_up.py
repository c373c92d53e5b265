"""Made-up cases under the Cardiff & Vale procedure, and many of them put in at once.

The bulk path writes what recording one entry after another would have written: true chains, and
true duties and restrictions drawn from the logs by the same functions.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from candour.engine import Entry

BEGAN = datetime(2025, 6, 2, 9, tzinfo=UTC)
NOTES = (
    "The registered manager says that two of the three night posts are filled and that the third "
    "is advertised. Medicine charts of eleven people were read; four have gaps in May. "
)
ALL = ["Contracts team", "Health board", "Responsible individual"]
SEEN = {"evidence": "professional_email", "what_it_shows": NOTES}
ACTION = {"action": "Second signatures", "outcome": "No gap", "owner": "Manager"}
BEGINNING: list[tuple[str, str, dict[str, Any]]] = [
    (
        "case_opened",
        "lead_officer",
        {
            "title": "Care at night",
            "service": "Ty Enfys",
            "lead_agency": "Cardiff Council",
            "safeguarding_risk": False,
            "nursing": False,
        },
    ),
    (
        "concern_raised",
        "lead_officer",
        {
            "seriousness": "significant",
            "what_happened": NOTES,
            "criteria": ["repeated_failure"],
            "results": ["provider_willing_and_able"],
        },
    ),
    ("meeting_held", "contracts_manager", {"meeting": "jqmm", "notes": NOTES}),
    (
        "step_entered",
        "lead_officer",
        {"move": "skip_to_ppm", "step": "ppm", "rationale": "The meeting asked for it at once."},
    ),
    (
        "contact_made",
        "contract_monitoring_officer",
        {"purpose": "provider_briefing", "with_whom": "Registered manager", "notes": NOTES},
    ),
    (
        "meeting_called",
        "contract_monitoring_officer",
        {
            "meeting": "ppm",
            "meets_on": "2025-06-30",
            "invited": ALL,
            "responsible_individual_invited": True,
            "ciw_invited": True,
        },
    ),
    (
        "meeting_held",
        "chair",
        {
            "meeting": "ppm",
            "chair_role": "operational_manager",
            "attended": ["Contracts team", "Health board"],
            "members_may_decide": True,
            "improvement": "some",
            "notes": NOTES,
        },
    ),
    ("minutes_circulated", "chair", {"part": "decisions", "to": ALL}),
    ("minutes_circulated", "chair", {"part": "summary", "to": ALL}),
]
GOING_ON: list[tuple[str, str, dict[str, Any]]] = [
    ("evidence_added", "lead_officer", {**SEEN, "from_whom": "A nurse"}),
    ("contact_made", "lead_officer", {"purpose": "other", "with_whom": "A nurse", "notes": NOTES}),
    ("visit_made", "contract_monitoring_officer", {"visitors": ["An officer"], "findings": NOTES}),
    ("action_added", "chair", {**ACTION, "due_on": "2026-12-01"}),
    ("evidence_added", "lead_officer", {**SEEN, "from_whom": "A daughter"}),
]


def steps(
    count: int, shift: timedelta = timedelta()
) -> Iterator[tuple[str, str, dict[str, Any], datetime]]:
    """Yield kind, role, field values and instant of so many entries of one case."""
    for number in range(count):
        kind, role, data = (
            BEGINNING[number]
            if number < len(BEGINNING)
            else GOING_ON[(number - len(BEGINNING)) % len(GOING_ON)]
        )
        yield kind, role, data, BEGAN + shift + timedelta(days=2 * number, minutes=number)


def an_id(chance: random.Random) -> str:
    """Return an id such as a form makes."""
    return str(UUID(int=chance.getrandbits(128), version=4))


FILE = (
    "id, ref, body_id, shared_with, service_id, title, procedure, version, step, seq, head_hash, "
    "opened_at, closed_at, settled_at, next_change, live_key"
)
ENTRY = (
    "id, case_id, seq, kind, happened_at, recorded_at, author_id, role, audience, payload, "
    "prev_hash, hash"
)
DUTY = (
    "case_id, body_id, key, duty_id, title, title_cy, owner_role, started_by, started_at, cycle, "
    "due_on, due_at, late_from, state, met_at"
)
WORDS = "case_id, body_id, name, entry, sort, kind, happened_at, kept, said"
ACTION_ROW = (
    "case_id, body_id, action, plan, number, what, owner, owner_key, first_due, due_on, late_from, "
    "stands, extended, said_done_on, asked_until, sent_back, unable, done_on, evidence, sorts_at"
)
TABLES = (
    ("case_file", FILE),
    ("case_entry", ENTRY),
    ("case_duty", DUTY),
    ("case_words", WORDS),
    ("case_action", ACTION_ROW),
)
PLANNED_FROM = date(2026, 10, 3)  # the first day on which any action is due
Rows = dict[tuple[str, str], list[tuple[Any, ...]]]


def put_in(first: int, last: int, entries: int, body_id: int, user_id: int) -> None:
    """Write the cases numbered from `first` to `last`, each with so many entries.

    Runs in a process of its own, as the server's superuser, with the log's own triggers off.
    """
    import django

    django.setup()
    import psycopg

    from candour.database.address import DATABASE, administrator_parameters

    with psycopg.connect(**administrator_parameters() | {"dbname": DATABASE}) as connection:
        connection.execute("SET session_replication_role = replica")
        for start in range(first, last + 1, 200):
            rows: Rows = {table: [] for table in TABLES}
            for number in range(start, min(start + 200, last + 1)):
                add_case(rows, number, entries, body_id, user_id)
            for (table, columns), lines in rows.items():
                with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for line in lines:
                        copy.write_row(line)
            connection.commit()


def add_case(rows: Rows, number: int, entries: int, body_id: int, user_id: int) -> None:
    """Add the rows of one case: its file, its log in a true chain, and its duties."""
    from candour import policies
    from candour.cases import chain
    from candour.cases.procedures import live_key_of
    from candour.cases.projections import Settled, everything
    from candour.engine import canonical, fold

    procedure = policies.load("cardiff_vale")
    ref = f"CV-2025-{number:04d}"
    log = list(made_up_log(number, entries, user_id))
    end = chain.start(ref)
    for seq, entry in enumerate(log, 1):
        written = canonical(entry)
        after, end = end, chain.link(end, written)
        rows["case_entry", ENTRY].append(
            (
                *(entry.id, number, seq, entry.kind, entry.happened_at, entry.recorded_at),
                *(user_id, entry.role, entry.audience, written.decode(), after, end),
            )
        )
    settled = Settled(fold(procedure, log), log[-1].recorded_at)
    drawn = everything(settled, live_key_of(procedure, number))
    facts = drawn.facts or {}
    rows["case_file", FILE].append(
        (
            *(number, ref, body_id, [], number, facts["title"], procedure.name),
            *(procedure.version, facts["step"], len(log), end, log[0].happened_at),
            *(facts["closed_at"], facts["settled_at"], facts["next_change"], facts["live_key"]),
        )
    )
    rows["case_duty", DUTY] += [(number, body_id, *row.values()) for row in drawn.duties or ()]
    chance = random.Random(-number)
    for row in drawn.words or ():
        said = f"{row['said']} {spoken(chance)}"
        rows["case_words", WORDS].append((number, body_id, *{**row, "said": said}.values()))
    for row in varied(drawn.actions or (), chance):
        rows["case_action", ACTION_ROW].append((number, body_id, *row.values()))


def varied(actions: Sequence[dict[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield actions with owners, days and states as plans have them: the logs are all alike."""
    for action in actions:
        due = PLANNED_FROM + timedelta(days=chance.randrange(230))
        late = datetime(due.year, due.month, due.day, tzinfo=UTC) + timedelta(days=1)
        owner = "Manager" if chance.random() < 0.3 else f"Deputy {chance.randrange(400)}"
        done = chance.random() < 0.35
        yield {
            **action,
            "plan": chance.choice(["dap", "cap", "cap", ""]),
            "due_on": due,
            "first_due": due,
            "owner": owner,
            "owner_key": owner.lower(),
            "late_from": None if done else late,
            "stands": "done" if done else "open",
            "done_on": due if done else None,
            "said_done_on": due if not done and chance.random() < 0.03 else None,
            "extended": chance.random() < 0.04,
            "unable": chance.random() < 0.01,
            "sorts_at": late,
        }


def spoken(chance: random.Random) -> str:
    """Return words that are as common and as rare as in real text, beside those of the log."""
    return " ".join(word(int(chance.paretovariate(0.6))) for _ in range(8))


def word(rank: int) -> str:
    """Return the made-up word of this rank: the higher, the rarer."""
    letters = "bdfglmnprstv"
    parts, rest = [], rank % 60_000
    while rest or not parts:
        rest, place = divmod(rest, len(letters) * 5)
        parts.append(letters[place % len(letters)] + "aeiou"[place // len(letters)])
    return "zy" + "".join(parts)


def made_up_log(number: int, entries: int, user_id: int) -> Iterator[Entry]:
    """Yield the entries of the case with this number: always the same ones."""
    chance = random.Random(number)
    shift = timedelta(days=chance.randrange(400), minutes=chance.randrange(600))
    for kind, role, data, at in steps(entries, shift):
        given = {**data, "title": f"Care at night {number}"} if kind == "case_opened" else data
        yield Entry(an_id(chance), kind, at, at, str(user_id), role, given)
