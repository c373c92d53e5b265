"""How fast registers are: `python bench/registers.py [--cases 20000]`.

Works on a server of its own in a temporary folder, which it removes. Fills the tables that
registers read, as so many cases would, and asks for each page and answer in one process. Times are
of the whole request, from the middleware to the finished answer.
"""

import random
import statistics
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import own_site

NOW = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
RUNS = 30  # with what is asked twice, fewer than a token may ask in a minute
WANTED = "wanted: at most 100 ms"


def fill(cases: int, body: object, provider: object) -> None:
    from candour import policies
    from candour.bodies.models import Service
    from candour.cases.models import Case, CaseDecision, CaseRecipient, CaseRestrictionSpan
    from candour.database.row_security import acting_for

    chance, version = random.Random(1), policies.load("cardiff_vale").version
    services = Service.objects.bulk_create(
        [Service(name=f"Home {number:05}", provider=provider) for number in range(cases)]
    )
    with acting_for([body.pk]):
        made = Case.objects.bulk_create(
            [
                Case(
                    ref=f"CV-2025-{number:05}",
                    body=body,
                    service=services[number],
                    title=f"Case {number}",
                    procedure="cardiff_vale",
                    version=version,
                    step="ppm",
                    seq=0,
                    head_hash=b"",
                    opened_at=NOW - timedelta(days=number % 700),
                    settled_at=NOW,
                )
                for number in range(cases)
            ],
            batch_size=2000,
        )
        spans, decided, put = [], [], []
        for number, case in enumerate(made):
            begins = NOW - timedelta(days=chance.randint(1, 600))
            key = UUID(int=chance.getrandbits(128), version=4)
            common = {"case": case, "body": body}
            if number % 10 == 0:
                spans.append(
                    CaseRestrictionSpan(
                        **common,
                        key=f"{key}/",
                        imposed_by=key,
                        begins=begins,
                        since=begins,
                        ends=None if number % 20 else begins + timedelta(days=90),
                        restriction="whole_service",
                        scope="All new placements.",
                    )
                )
            decided.append(
                CaseDecision(
                    **common,
                    made_by=key,
                    made_at=begins,
                    what="Report",
                    reason="Because it affects many people.",
                    decider="Chair",
                    public=number % 2 == 0,
                    late_from=NOW + timedelta(days=number % 9 - 4) if number % 5 == 0 else None,
                )
            )
            put.append(
                CaseRecipient(
                    **common,
                    put_by=key,
                    name=f"Trust {number % 200}",
                    name_key=f"trust {number % 200}",
                    basis="statutory",
                    asked="Say what will change.",
                    received_on=begins.date(),
                    due_on=NOW.date(),
                    answered_late=False,
                    state="waited_for" if number % 3 else "answered",
                    late_from=NOW,
                    sorts_at=begins,
                )
            )
        CaseRestrictionSpan.objects.bulk_create(spans, batch_size=2000)
        CaseDecision.objects.bulk_create(decided, batch_size=2000)
        CaseRecipient.objects.bulk_create(put, batch_size=2000)


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
