"""A process of its own that works on a case, to be killed: `python -m tests.cases.appending …`.

prepare               make the tables, two bodies and a case; print its id, body and officer
append ID BODY USER   record entries until somebody ends it; print each once it is committed
check                 verify every log; print the entries there are, and then "sound" or faults
"""

import sys

import django

from candour.database import ensure_server, stop_server


def main(what: str, *words: str) -> None:
    """Do one of the three, and say each thing as soon as it is so."""
    ensure_server()
    django.setup()
    from tests.cases import crash_acts  # noqa: PLC0415  # needs Django set up

    for said in getattr(crash_acts, what)(*words):
        print(said, flush=True)
    stop_server()


if __name__ == "__main__":
    main(*sys.argv[1:])
