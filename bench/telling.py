"""The public form under load: `python bench/telling.py [--rate 50] [--walks 10 20 30 50]`.

Works on a server of its own in a temporary folder, which it removes. Serves the site as it is
served for real and sends, over loopback: first so many honest forms a second, each with words,
consents and contact details, and counts what is in the database afterwards; then the same by people
who walk through its pages, one question on each, thinking on every one; then a flood of bad forms
from as many connections as the machine gives, while somebody of the staff reads pages.
"""

import argparse
import http.client
import re
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import cases as case_bench
import own_site
import pages
import telling_walks

FORM = "/tell/ely/en/whole/"
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
CONNECTIONS = 32
FLOODERS = 24
STAFF_PAGES = ("/experiences/", "/worklist/", "/")


def honest() -> str:
    return urlencode(
        {
            "key": str(uuid4()),
            "danger": "no",
            "what": f"The ward was kind but slow, and I waited {time.monotonic():.3f} hours.",
            "place": "Ely General",
            "when": "last spring",
            "felt": "4",
            "consent": "provider",
            "reply": "yes",
            "contact_name": "Gwen Parry",
            "contact_email": "gwen@example.org",
        }
    )


def sent(port: int, body: str) -> tuple[int, float]:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", FORM, body, HEADERS)
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - begun
    finally:
        connection.close()


def at_a_rate(port: int, rate: int, seconds: int) -> list[tuple[int, float]]:
    """Send so many a second at even distances, whether or not earlier ones were answered."""
    begun, waiting = time.perf_counter(), []
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for number in range(rate * seconds):
            time.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            waiting.append(pool.submit(sent, port, honest()))
        return [each.result() for each in waiting]


def flood(port: int, until: float, counts: dict[int, int], lock: threading.Lock) -> None:
    bad = urlencode({"website": "https://spam.example", "what": "buy " * 50})
    while time.perf_counter() < until:
        try:
            status, _took = sent(port, bad)
        except OSError:
            continue
        with lock:
            counts[status] = counts.get(status, 0) + 1


def told_rows() -> int:
    from candour.bodies.models import Body
    from candour.database.row_security import acting_for
    from candour.telling.models import Told

    with acting_for([Body.objects.get(slug="ely").pk]):
        return Told.objects.count()


def under_attack(port: int, seconds: int) -> None:
    browser = pages.Browser(port)
    browser.sign_in()
    calm = [browser.timed(STAFF_PAGES[n % 3]) for n in range(30)]
    counts: dict[int, int] = {}
    lock, until = threading.Lock(), time.perf_counter() + seconds
    threads = [
        threading.Thread(target=flood, args=(port, until, counts, lock)) for _ in range(FLOODERS)
    ]
    for thread in threads:
        thread.start()
    times = []
    while time.perf_counter() < until:
        times.append(browser.timed(STAFF_PAGES[len(times) % 3]))
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    total = sum(counts.values())
    case_bench.line("bad forms a second", f"{total / seconds:.0f}", f"answers: {counts}")
    case_bench.line(
        "a page of staff under attack, 95th percentile",
        f"{pages.at_the_95th(times) * 1e3:.0f} ms",
        f"in calm: {pages.at_the_95th(calm) * 1e3:.0f} ms",
    )


def step_by_step(port: int, rate: float, seconds: int, thinking: float) -> None:
    """So many people a second begin to walk through the pages; as many finish once all walk."""
    before = told_rows()
    begun = time.perf_counter()
    walks = telling_walks.walked(port, rate, seconds, thinking)
    took = time.perf_counter() - begun
    kept, people = told_rows() - before, int(rate * seconds)
    case_bench.line(
        f"walks through {telling_walks.PAGES} pages, {rate:g} people a second, kept",
        f"{kept} of {people}",
        f"with a receipt: {len(walks.finished)}; lost: {walks.lost or 'none'}",
    )
    if len(walks.finished) < 2:
        return
    for what, times in (
        ("every request of a walk, 95th percentile", walks.times),
        ("the last one, that sends it, 95th percentile", walks.last),
    ):
        case_bench.line(
            what,
            f"{telling_walks.at_the_95th(times) * 1e3:.0f} ms",
            f"wanted: 300 ms (median here: {statistics.median(times) * 1e3:.0f} ms)",
        )
    case_bench.line(
        "people finishing a second, from the first who does to the last",
        f"{len(walks.finished) / (max(walks.finished) - min(walks.finished)):.1f}",
        f"requests: {len(walks.times)} in {took:.0f} s, thinking and the last ones' end counted in",
    )


def measure(rate: int, seconds: int, walks: list[float], thinking: float) -> None:
    from candour.bodies.models import Body, BodyFunction
    from candour.people.actor import Actor
    from candour.people.models import Post, User
    from candour.site import clock
    from candour.telling.actions import set_form
    from candour.telling.forms import FormLook

    body = Body.objects.create(name="Healthwatch Ely", slug="ely", nation="england")
    BodyFunction.objects.create(body=body, function="patient_voice")
    user = User.objects.create_user("officer", password=pages.PASSWORD)
    Post.objects.create(user=user, body=body, role="lead_officer", title="Officer")
    set_form(FormLook(is_open=True), actor=Actor.system(body), as_of=clock.now())
    port = pages.free_port()
    candour = Path(sys.executable).with_name("candour")
    site = subprocess.Popen([candour, "web", "--port", str(port)])
    try:
        pages.wait_for(port)
        at_a_rate(port, 10, 2)  # every process has had its first request
        before = told_rows()
        done = at_a_rate(port, rate, seconds)
        kept = told_rows() - before
        times = [took for status, took in done if status == http.client.OK]
        case_bench.line(
            f"forms sent at {rate} a second, kept",
            f"{kept} of {len(done)}",
            f"answered with 200: {len(times)}",
        )
        case_bench.line(
            "a form, 95th percentile",
            f"{pages.at_the_95th(times) * 1e3:.0f} ms",
            f"wanted: 300 ms (median here: {statistics.median(times) * 1e3:.0f} ms)",
        )
        for people in walks:
            step_by_step(port, people, seconds, thinking)
        before = told_rows()
        under_attack(port, seconds)
        after = told_rows() - before
        case_bench.line("bad forms kept", str(after), "wanted: 0")
    finally:
        site.terminate()
        site.wait(30)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=re.sub(r"\s+", " ", __doc__ or ""))
    arguments.add_argument("--seconds", type=int, default=20)
    arguments.add_argument("--rate", type=int, default=50)
    arguments.add_argument("--walks", type=float, nargs="*", default=[10, 20, 30, 50])
    arguments.add_argument("--thinking", type=float, default=1.0, help="seconds on each page")
    chosen = arguments.parse_args()
    own_site.with_site(
        lambda: measure(chosen.rate, chosen.seconds, chosen.walks, chosen.thinking), {}
    )
