"""Jobs whose worker died: found by the worker's silence, and put back in the queue."""

import logging

from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

log = logging.getLogger(__name__)

LOST_AFTER = 25.0  # seconds without a sign of life; a living worker gives one every ten


async def bring_back(manager: JobManager, lost_after: float = LOST_AFTER) -> int:
    """Put jobs in the queue again whose worker has been silent for `lost_after` seconds.

    A killed worker leaves its jobs marked as being done, for ever. Every job may be done twice
    without doing anything twice, so doing them again is safe. Returns how many were brought back.
    """
    brought = 0
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=lost_after):
        brought += await _bring_back(manager, job)
    return brought


async def _bring_back(manager: JobManager, job: Job) -> bool:
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        # The same work waits in the queue already: a sweep saw the case again meanwhile.
        await manager.finish_job(job, Status.FAILED, delete_job=True)
        return False
    log.warning("Brought back job %s, whose worker died: %s", job.id, job.call_string)
    return True
