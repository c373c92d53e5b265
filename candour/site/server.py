"""The web server: granian, with a process for each core and a few threads in each."""

import os

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
THREADS = 4
QUERY_SECONDS = "15"
STOP_SECONDS = 10


def default_workers() -> int:
    """Return how many processes answer: one for each core that we may use, at most 4."""
    return min(4, len(os.sched_getaffinity(0)))


def collect_static() -> None:
    """Copy style sheets and scripts where they are served from, under names that hash them."""
    # Only importable once Django is set up, which `serve` does not need.
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.staticfiles.management.commands.collectstatic import (  # noqa: PLC0415
        Command,
    )
    from django.core.management import call_command  # noqa: PLC0415
    from whitenoise.storage import CompressedManifestStaticFilesStorage  # noqa: PLC0415

    command = Command()
    command.storage = CompressedManifestStaticFilesStorage(
        location=settings.STATIC_ROOT, base_url=settings.STATIC_URL
    )
    call_command(command, interactive=False, verbosity=0)


def serve(*, host: str, port: int, workers: int) -> None:
    """Answer requests until SIGTERM or SIGINT; a process that dies is replaced."""
    from granian import Granian  # noqa: PLC0415  # slow to import, and only here needed
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.site.settings")
    os.environ.setdefault("CANDOUR_STATEMENT_TIMEOUT", QUERY_SECONDS)
    os.environ.setdefault("CANDOUR_POOL_SIZE", str(THREADS))
    Granian(
        "candour.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()
