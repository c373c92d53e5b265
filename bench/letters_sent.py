"""How long 1,000 letters take on two cores, from the draft to the outbox: the whole path.

    python bench/letters_sent.py [how many]

Each letter is begun from its template with the facts of its case, its recipients confirmed, set as
PDF and as a mail for each, recorded in the log, sealed and put in the outbox, by two processes on
two cases of a demonstration. `bench/letters.py` measures the drawing alone.
"""

import multiprocessing
import os
import sys
import time
from uuid import uuid4

from own_site import with_site

LIMIT_SECONDS = 60.0
CORES = 2
CASES = ("Skylark Rise", "Bwthyn y Robin")


def letters_of(asked: tuple[str, int]) -> int:
    """Send letters from the case of a service, and return how many left."""
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
    from candour.letters.recipients import Chosen, Way
    from candour.letters.work import taken_up
    from candour.people.actor import Actor
    from candour.people.models import Post
    from candour.site.clock import now

    service, wanted = asked
    left = 0
    body = Post.objects.filter(body__hosted_services__name=service, role="chair")[0].body
    actor = Actor.from_post(
        Post.objects.select_related("user", "body").get(body=body, role="chair")
    )
    while left < wanted:
        with acting_for([body.pk]):
            case = Case.objects.select_related("body", "service__provider").get(
                service__name=service
            )
            held = queries.standing(case).by_kind["meeting_held"][-1].id
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
    began = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        left = sum(pool.map(letters_of, [(name, count // CORES) for name in CASES]))
    seconds = time.monotonic() - began
    print(f"{left} letters made, sealed and queued in {seconds:.1f} s on {CORES} cores.")
    assert seconds < LIMIT_SECONDS * count / 1_000, "slower than 1,000 letters in a minute"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with_site(
        lambda: measure(count), {"CANDOUR_POOL_SIZE": os.environ.get("CANDOUR_POOL_SIZE", "0")}
    )


if __name__ == "__main__":
    main()
