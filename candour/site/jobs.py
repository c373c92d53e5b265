"""Runs the job queue's worker on the site's own database."""

import asyncio

from procrastinate import App
from procrastinate.contrib.django import app as site_app

GRACE = 10.0  # seconds that running jobs have to finish once the worker is told to stop


def run_jobs(*, concurrency: int) -> None:
    """Run jobs, this many at once, until SIGTERM or SIGINT."""
    # Django's connector only puts jobs in; the worker listens on connections of its own.
    with site_app.replace_connector(site_app.connector.get_worker_connector()) as app:  # type: ignore[attr-defined]  # Django's connector alone has it
        asyncio.run(_run(app, concurrency))


async def _run(app: App, concurrency: int) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=concurrency,
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACE,
        )
