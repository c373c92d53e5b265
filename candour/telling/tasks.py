"""What the worker does for telling: deletes drafts whose time is up."""

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate.contrib.django import app

from candour.site.clock import now
from candour.telling.drafts import forget_dead


@app.periodic(cron="*/10 * * * *")
@app.task(name="telling.forget_dead", queueing_lock="telling.forget_dead")
async def forget_dead_drafts(timestamp: int) -> None:  # noqa: ARG001 - the schedule's own time
    """Delete drafts whose time is up."""
    await sync_to_async(_forget)()


def _forget() -> None:
    close_old_connections()
    forget_dead(now())
