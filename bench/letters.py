"""How long 1,000 different letters take on two cores: `python bench/letters.py [how many]`.

Each letter is read from its Markdown, drawn as PDF/UA-1 and made into the two parts of a mail.
"""

import multiprocessing
import resource
import sys
import time
from datetime import UTC, datetime

from candour.documents import Letterhead, Signature, escape, mail_bodies, pdf, read_markdown

LIMIT_SECONDS = 60.0
CORES = 2
TEXT = """\
Dear {name}

We met on **3 April 2026** about *{service}*. This letter says what was decided, what we ask of
you, and by when.

## What was decided

1. The home stays under enhanced monitoring until the plan below is done.
2. No new placements are made without the agreement of:
   - the council
   - the health board

## What we ask of you

| Action | Owner | Due |
|---|---|---|
| Train every nurse in the safe handling of medicines | Registered manager | 17 April 2026 |
| Tell families what was found | Responsible individual | 10 April 2026 |
| Send the rota of the past four weeks to {name} | Registered manager | 8 April 2026 |

If a date cannot be kept, say so **before** it passes.

Yours sincerely
"""


def letter(number: int) -> int:
    """Make one letter and return how many bytes it has."""
    name, service = f"Ms Pugh the {number}th", f"Tŷ Gwyn {number}"
    content = read_markdown(
        TEXT.format(name=escape(name), service=escape(service)),
        language="cy" if number % 2 else "en",
        title=f"What the meeting decided about {service}",
    )
    head = Letterhead(
        "Care Quality Partnership",
        address_lines=("Woodland House", "Cardiff CF14 4HH"),
        email="quality@partnership.example",
        addressee=(name, "12 Heol y Bont", "Cardiff CF10 1AA"),
        details=(("Date", "4 April 2026"), ("Our reference", f"CV-{number}")),
        signatures=(Signature("Dr Angharad Rees", "Chair"),),
    )
    made_at = datetime(2026, 4, 4, 12, tzinfo=UTC)
    drawn = pdf(content, head, made_at=made_at, seal=f"{number:012d}", check_at="https://c.example")
    bodies = mail_bodies(content, head)
    return len(drawn) + len(bodies.text) + len(bodies.html)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    began = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        made = list(pool.imap_unordered(letter, range(count), chunksize=20))
    seconds = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"{len(made)} letters in {seconds:.1f} s on {CORES} cores ({sum(made) // len(made)} bytes"
    )
    print(f"each); the larger process took {memory} MB.")
    assert seconds < LIMIT_SECONDS * count / 1_000, "slower than 1,000 letters in a minute"


if __name__ == "__main__":
    main()
