"""How long 1,000 letters take on two cores, from the draft to the outbox: the whole path.

    python bench/letters_sent.py [how many]

Each letter is begun from its template with the facts of its case, its recipients confirmed, set as
PDF and as a mail for each, recorded in the log, sealed and put in the outbox, by two processes on
four cases of a demonstration. `bench/letters.py` measures the drawing alone.
"""

import multiprocessing
import os
import resource
import sys
import time
from itertools import cycle
from uuid import uuid4

from own_site import with_site

LIMIT_SECONDS = 60.0
CORES = 2
# Two sets of homes with a PPM behind them, so that no two processes wait for one case.
HOMES = (
    ("Skylark Rise", "Heron House"),
    ("Bwthyn y Robin", "Cartref Barcud Coch"),
)


def letters_of(asked: tuple[tuple[str, ...], int]) -> int:
    """Send letters from the cases of these homes in turn, and return how many left."""
    import django

    django.setup()
    from candour.cases import queries
    from candour.cases.models import Case
    from candour.database.row_security import acting_for
    from candour.letters.actions import (
        Beginning,
        Pressing,
        begin_draft,
        confirm_recipients,
        send,
    )
    from candour.letters.duties import about_of
    from candour.letters.recipients import Chosen, Way
    from candour.letters.work import taken_up
    from candour.people.actor import Actor
    from candour.people.models import Post
    from candour.site.clock import now

    homes, wanted = asked
    left, turns = 0, cycle(homes)
    chairs = Post.objects.select_related("user", "body").filter(role="chair")
    actors = {
        home: Actor.from_post(chairs.filter(body__hosted_services__name=home)[0]) for home in homes
    }
    while left < wanted:
        service = next(turns)
        actor = actors[service]
        with acting_for([actor.body_id]):
            case = Case.objects.select_related("body", "service__provider").get(
                service__name=service
            )
            standing = queries.standing(case)
            held = about_of(standing, standing.procedure.templates["letter_status"], None)
            letter, at = str(uuid4()), now()
            begin_draft(
                case=case,
                actor=actor,
                beginning=Beginning("letter_status", held),
                draft_id=letter,
                as_of=at,
            )
            work = taken_up(letter, at)
            chosen = [
                Chosen(
                    key=line.key,
                    rule=line.rule,
                    copy=line.copy,
                    name=line.name,
                    role=line.role,
                    body=line.body,
                    email=line.email,
                    language="cy" if left % 4 else "en",
                    way=Way.MAIL,
                )
                for line in work.proposed
            ]
            confirm_recipients(draft_id=letter, actor=actor, chosen=chosen, revision=1, as_of=at)
            outcome = send(actor=actor, pressing=Pressing(letter, 2, None), as_of=at)
            left += outcome.messages
    return left


def measure(count: int) -> None:
    """Make the demonstration, send so many letters from it, and say how long that took."""
    from candour.site.clock import now
    from candour.site.demo import load_demo

    load_demo(as_of=now(), with_experiences=False)
    from django.db import connections

    connections.close_all()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        left = sum(pool.map(letters_of, [(homes, count // CORES) for homes in HOMES]))
    seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(f"{left} letters made, sealed and queued in {seconds:.1f} s on {CORES} cores;")
    print(f"the two processes were busy for {busy:.1f} s of it together.")
    assert seconds < LIMIT_SECONDS * count / 1_000, "slower than 1,000 letters in a minute"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with_site(
        lambda: measure(count), {"CANDOUR_POOL_SIZE": os.environ.get("CANDOUR_POOL_SIZE", "0")}
    )


if __name__ == "__main__":
    main()
