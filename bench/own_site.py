"""A site of its own for a measurement: a server in a temporary folder, with every safety on."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path


def run(described: str | None, measure: Callable[[int, int], None], **environment: str) -> None:
    """Read the command line, make a site, measure it with so many cases of so many entries."""
    arguments = argparse.ArgumentParser(description=described)
    arguments.add_argument("--cases", type=int, default=20_000)
    arguments.add_argument("--entries", type=int, default=40)
    chosen = arguments.parse_args()
    with_site(lambda: measure(chosen.cases, chosen.entries), environment)


def with_site(act: Callable[[], None], environment: Mapping[str, str]) -> None:
    """Act on a fresh site, which is removed afterwards whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="candour-bench-"))
    folder.chmod(0o755)  # the account that runs PostgreSQL must get in
    os.environ |= environment | {
        "CANDOUR_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "candour.site.settings",
    }
    import django

    from candour import database

    database.ensure_server()
    try:
        django.setup()
        from candour.site.schema import bring_up_to_date

        bring_up_to_date()
        act()
    finally:
        database.stop_server()
        shutil.rmtree(folder, ignore_errors=True)
