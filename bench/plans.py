"""How fast the plans of all cases are: `python bench/plans.py [--cases 20000] [--entries 40]`.

Works on a server of its own in a temporary folder, which it removes. Some six actions a case, of
owners of whom one has a third of all and 400 share the rest. Each page is asked for in one process;
times are of the whole request, from the middleware to the finished answer.
"""

import statistics
import time

import cases as case_bench
import own_site
import pages

RUNS = 30
PATHS = (
    ("the board", ""),
    ("one plan", "?plan=dap"),
    ("a column", "?show=soon"),
    ("what is done", "?show=done"),
    ("an owner of few", "?owner=deputy+17"),
    ("an owner of many", "?owner=manager"),
    ("an owner that nobody is", "?owner=nobody"),
    ("a service", "?service=service+1234"),
    ("very many services", "?service=service"),
    ("a case by its title", "?service=night+777"),
    ("a service that there is not", "?service=qqqq"),
    ("an owner at very many services", "?owner=manager&service=service"),
)


def measure(cases: int, entries: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from candour.bodies.models import Body
    from candour.people.models import Post, User

    body = Body.objects.create(name="Council", slug="council", nation="wales")
    provider = Body.objects.create(name="Provider", slug="provider", nation="wales")
    user = User.objects.create_user("officer", password=pages.PASSWORD)
    Post.objects.create(
        user=user, body=body, role="lead_officer", title="", from_date=case_bench.NOW.date()
    )
    case_bench.fill(cases, entries, body.pk, user.pk, provider.pk)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="candour.people.backends.PostHolders")
    for name, query in PATHS:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/plans/{query}").status_code == 200, query
        times = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            client.get(f"/plans/{query}")
            times.append(time.perf_counter() - begun)
        case_bench.line(
            f"{name}, median, {len(asked)} statements",
            f"{statistics.median(times) * 1e3:.1f} ms",
            f"wanted: 100 ms (95th percentile here: {pages.at_the_95th(times) * 1e3:.1f} ms)",
        )


if __name__ == "__main__":
    own_site.run(__doc__, measure, CANDOUR_NOW=case_bench.NOW.isoformat())
