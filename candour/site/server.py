"""The web server: granian, with one process for each core and one request at a time in each.

Granian's own threads send answers, so a slow reader holds nobody up; Python runs one request a
process, since threads that share an interpreter lock only lengthen the wait (measured:
docs/performance.md). The further threads are for those who send slowly: what they send is read to
its end before the site is asked (`candour.site.whole_requests`).
"""

import os

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
QUERY_SECONDS = 15
STOP_SECONDS = 10
READING_THREADS = 8  # a process: as many may send slowly at a time


def default_workers() -> int:
    """Return how many processes answer: one for each core that we may use, at most 4."""
    return min(4, len(os.sched_getaffinity(0)))


def set_environment() -> None:
    """Set what a web process needs before Django reads its settings."""
    os.environ.setdefault("CANDOUR_STATEMENT_TIMEOUT", str(QUERY_SECONDS))
    os.environ.setdefault("CANDOUR_POOL_SIZE", "2")
    os.environ["CANDOUR_STATIC"] = "collected"


def make_ready() -> None:
    """Collect static files, compile templates and read procedures, once for all processes."""
    # These need Django set up or are slow to import, and this module is imported before.
    from django.core.management import call_command  # noqa: PLC0415
    from django.template import engines  # noqa: PLC0415

    from candour import policies  # noqa: PLC0415

    for name in policies.available():  # what was read is kept, and the processes find it
        policies.usable(name)
    call_command("collectstatic", interactive=False, verbosity=0)
    environment = engines["jinja2"].env  # type: ignore[attr-defined]  # Jinja2's backend has it
    for name in environment.list_templates(extensions=["html"]):
        if not name.startswith("govuk_frontend_jinja/"):
            environment.get_template(name)


def serve(*, host: str, port: int, workers: int) -> None:
    """Answer requests until SIGTERM or SIGINT; a process that dies is replaced."""
    from granian import Granian  # noqa: PLC0415  # slow to import, and only here needed
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415

    Granian(
        "candour.site.web_process:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=READING_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()
