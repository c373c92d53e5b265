"""How fast registers are: `python bench/registers.py [--cases 20000]`.

Works on a server of its own in a temporary folder, which it removes. Fills the tables that
registers read, as so many cases would, and asks for each page and answer in one process. Times are
of the whole request, from the middleware to the finished answer.
"""

import random
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import own_site

if TYPE_CHECKING:
    from candour.bodies.models import Body, Service
    from candour.cases.models import Case

NOW = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
BATCH = 2000
RUNS = 30  # with what is asked twice, fewer than a token may ask in a minute
WANTED = "wanted: at most 100 ms"


def fill(cases: int, body: "Body", provider: "Body") -> None:
    """Put in services, a case about each, and what registers read of them."""
    from candour.bodies.models import Service
    from candour.cases.models import Case, CaseDecision, CaseRecipient, CaseRestrictionSpan
    from candour.database.row_security import acting_for

    chance = random.Random(1)
    services = Service.objects.bulk_create(
        [Service(name=f"Home {number:05}", provider=provider) for number in range(cases)]
    )
    with acting_for([body.pk]):
        made = Case.objects.bulk_create(cases_about(services, body), batch_size=BATCH)
        spans, decided, put = [], [], []
        for number, case in enumerate(made):
            about = About(number, case, chance)
            if number % 10 == 0:
                spans.append(CaseRestrictionSpan(**about.restriction()))
            decided.append(CaseDecision(**about.decision()))
            put.append(CaseRecipient(**about.recipient()))
        CaseRestrictionSpan.objects.bulk_create(spans, batch_size=BATCH)
        CaseDecision.objects.bulk_create(decided, batch_size=BATCH)
        CaseRecipient.objects.bulk_create(put, batch_size=BATCH)


def cases_about(services: "Sequence[Service]", body: "Body") -> "list[Case]":
    from candour import policies
    from candour.cases.models import Case

    version = policies.load("cardiff_vale").version
    return [
        Case(
            ref=f"CV-2025-{number:05}",
            body=body,
            service=service,
            title=f"Case {number}",
            procedure="cardiff_vale",
            version=version,
            step="ppm",
            seq=0,
            head_hash=b"",
            opened_at=NOW - timedelta(days=number % 700),
            settled_at=NOW,
        )
        for number, service in enumerate(services)
    ]


class About:
    """What registers say of one case."""

    def __init__(self, number: int, case: "Case", chance: random.Random) -> None:
        self.number = number
        self.begins = NOW - timedelta(days=chance.randint(1, 600))
        self.key = UUID(int=chance.getrandbits(128), version=4)
        self.common: dict[str, Any] = {"case": case, "body": case.body}

    def restriction(self) -> dict[str, Any]:
        ends = None if self.number % 20 else self.begins + timedelta(days=90)
        return {
            **self.common,
            "key": f"{self.key}/",
            "imposed_by": self.key,
            "begins": self.begins,
            "since": self.begins,
            "ends": ends,
            "restriction": "whole_service",
            "scope": "All new placements.",
        }

    def decision(self) -> dict[str, Any]:
        late = NOW + timedelta(days=self.number % 9 - 4)
        return {
            **self.common,
            "made_by": self.key,
            "made_at": self.begins,
            "what": "Report",
            "reason": "Because it affects many people.",
            "decider": "Chair",
            "public": self.number % 2 == 0,
            "late_from": late if self.number % 5 == 0 else None,
        }

    def recipient(self) -> dict[str, Any]:
        name = f"Trust {self.number % 200}"
        return {
            **self.common,
            "put_by": self.key,
            "name": name,
            "name_key": name.lower(),
            "basis": "statutory",
            "asked": "Say what will change.",
            "received_on": self.begins.date(),
            "due_on": NOW.date(),
            "answered_late": False,
            "state": "waited_for" if self.number % 3 else "answered",
            "late_from": NOW,
            "sorts_at": self.begins,
        }


def measure(cases: int, _entries: int) -> None:
    from django.db import connection
    from django.test import Client

    from candour.api.models import Part
    from candour.api.tokens import make_token
    from candour.bodies.models import Body, Service
    from candour.database.row_security import acting_for
    from candour.people.models import Post, User

    body = Body.objects.create(name="Council", slug="council", nation="wales")
    provider = Body.objects.create(name="Provider", slug="provider", nation="wales")
    user = User.objects.create_user("officer")
    post = Post.objects.create(user=user, body=body, role="lead_officer")
    fill(cases, body, provider)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with acting_for([body.pk], person=user.pk):
        token = make_token(post, "x", list(Part), days=30, as_of=NOW)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="candour.people.backends.PostHolders")
    program = Client(headers={"host": "localhost", "authorization": f"Bearer {token}"})
    service = Service.objects.order_by("pk")[0].pk
    for name, asker, path in (
        ("restrictions, today", client, "/restrictions/"),
        ("restrictions, a day last year", client, "/restrictions/?on=2025-06-01"),
        ("restrictions, by name", client, "/restrictions/?q=home+0012"),
        ("one service", client, f"/restrictions/services/{service}/"),
        ("decisions", client, "/decisions/"),
        ("decisions, late", client, "/decisions/?which=late"),
        ("responses", client, "/responses/?which=all"),
        ("responses, by basis", client, "/responses/?which=late&basis=statutory"),
        ("API: may we place", program, f"/api/v1/restrictions/may-place?service={service}"),
        ("API: cases", program, "/api/v1/cases"),
        ("API: recommendations", program, "/api/v1/recommendations"),
    ):
        times = []
        assert asker.get(path).status_code == 200, path
        for _ in range(RUNS):
            begun = time.perf_counter()
            asker.get(path)
            times.append(time.perf_counter() - begun)
        middle, late = statistics.median(times) * 1e3, statistics.quantiles(times, n=20)[-1] * 1e3
        print(f"{name:32} {middle:6.1f} ms  95th {late:6.1f} ms  {WANTED}")


if __name__ == "__main__":
    own_site.run(__doc__, measure, CANDOUR_NOW=NOW.isoformat())
