"""How fast the search is: `python bench/finding.py [--cases 20000] [--entries 40]`.

Works on a server of its own in a temporary folder, which it removes. Serves the site as it is
served for real, signs a person in over HTTP, and asks for searches of every sort: rare words and
words that every case has, phrases, beginnings of words, names, words ruled out. Times are from the
request to the whole answer, over loopback.
"""

import multiprocessing
import random
import statistics
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import cases as case_bench
import cases_made_up as made_up
import own_site
import pages

SORTS = {
    "a rare word": lambda chance: made_up.word(chance.randint(3_000, 60_000)),
    "an unusual word": lambda chance: made_up.word(chance.randint(100, 3_000)),
    "a common word": lambda chance: made_up.word(chance.randint(1, 20)),
    "a word of every case": lambda chance: chance.choice(["medicine", "night", "advertised"]),
    "two such words": lambda _: "medicine charts",
    "a phrase": lambda _: '"two of the three night posts"',
    "a phrase of few, of words of many": lambda _: '"night medicine"',
    "the beginning of a word": lambda chance: made_up.word(chance.randint(4_000, 60_000))[:5],
    "a word, another ruled out": lambda chance: "medicine -" + made_up.word(chance.randint(1, 50)),
    "a service": lambda chance: f"Service {chance.randint(1, 20_000)}",
    "a case by its title": lambda chance: f"Care at night {chance.randint(1, 20_000)}",
    "nothing that there is": lambda chance: f"qq{chance.randint(1, 10**6)}",
}
RUNS = 40


def paths(sort: str, runs: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [f"/search/?q={quote(SORTS[sort](chance))}" for _ in range(runs)]


def one_client(port: int, sort: str, runs: int, seed: int, warm: int = 0) -> list[float]:
    browser = pages.Browser(port)
    browser.sign_in()
    for path in paths(sort, warm, seed + 1):
        browser.timed(path)
    return [browser.timed(path) for path in paths(sort, runs, seed)]


def ask(port: int) -> None:
    every: list[float] = []
    for sort in SORTS:
        alone = one_client(port, sort, RUNS, seed=1, warm=8)
        every += alone
        case_bench.line(
            f"{sort}, median",
            f"{statistics.median(alone) * 1e3:.1f} ms",
            f"95th percentile: {pages.at_the_95th(alone) * 1e3:.1f} ms",
        )
    case_bench.line(
        "all of them, 95th percentile", f"{pages.at_the_95th(every) * 1e3:.1f} ms", "wanted: 100 ms"
    )
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        shares = pool.starmap(one_client, [(port, sort, 15, 2) for sort in SORTS])
    together = [took for share in shares for took in share]
    case_bench.line(
        "all of them, four clients, 95th percentile",
        f"{pages.at_the_95th(together) * 1e3:.1f} ms",
        f"median: {statistics.median(together) * 1e3:.1f} ms",
    )


def measure(cases: int, entries: int) -> None:
    from candour.bodies.models import Body
    from candour.people.models import Post, User

    body = Body.objects.create(name="Council", slug="council", nation="wales")
    provider = Body.objects.create(name="Provider", slug="provider", nation="wales")
    user = User.objects.create_user("officer", password=pages.PASSWORD)
    for role in pages.ROLES:
        Post.objects.create(
            user=user, body=body, role=role, title=role, from_date=case_bench.NOW.date()
        )
    case_bench.fill(cases, entries, body.pk, user.pk, provider.pk)
    port = pages.free_port()
    candour = Path(sys.executable).with_name("candour")
    site = subprocess.Popen([candour, "web", "--port", str(port)])
    try:
        pages.wait_for(port)
        ask(port)
    finally:
        site.terminate()
        site.wait(30)


if __name__ == "__main__":
    own_site.run(__doc__, measure, CANDOUR_NOW=case_bench.NOW.isoformat())
