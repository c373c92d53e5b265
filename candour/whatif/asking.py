"""Asking for a what-if on a page, and doing it as a job that says how far it has come."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from candour import policies
from candour.cases.procedures import procedure_named
from candour.database.row_security import acting_for
from candour.engine import EngineError, Procedure
from candour.people.actor import Actor
from candour.whatif.caseload import numbers_of
from candour.whatif.models import State, WhatIf
from candour.whatif.replaying import AT_ONCE, replay_caseload
from candour.whatif.reports import report_of
from candour.whatif.tally import Asked
from candour.whatif.uploads import laid_out

KEPT = timedelta(days=7)
WENT_WRONG = (
    "Something went wrong inside Candour while the cases were replayed; no case was changed. "
    "Whoever looks after this site finds the detail in its log."
)
MOST_KEPT = 20  # of a body; an older one makes room


def ask(
    actor: Actor,
    instead_of: str,
    as_of: datetime,
    *,
    files: dict[str, str] | None = None,
    draft: str = "",
    version: str = "",
) -> WhatIf:
    """Keep what is asked; the caller puts the job in the queue in the same transaction.

    Raises:
        ValueError: the system itself asks for nothing.
    """
    if actor.user is None:
        msg = "A what-if is asked for by a person."
        raise ValueError(msg)
    forget(actor.body.pk, as_of)
    return WhatIf.objects.create(
        body=actor.body,
        asked_by=actor.user,
        instead_of=instead_of,
        draft=draft,
        version=version,
        files=files or {},
        as_of=as_of,
        expires_at=as_of + KEPT,
    )


def forget(body_id: int, as_of: datetime) -> None:
    """Delete what a body asked for so long ago that it is no longer shown."""
    mine = WhatIf.objects.filter(body_id=body_id)
    mine.filter(expires_at__lte=as_of).delete()
    kept = mine.order_by("-pk").values_list("pk", flat=True)[:MOST_KEPT]
    mine.exclude(pk__in=list(kept)).delete()


def do(number: int, body_id: int) -> None:
    """Do a what-if, in the name of the body that asked. Doing it twice gives the same."""
    with acting_for([body_id]):
        found = WhatIf.objects.filter(pk=number).exclude(state=State.DONE).first()
        if found is None:
            return
        cases = numbers_of("default", found.instead_of, None)
        WhatIf.objects.filter(pk=number).update(state=State.RUNNING, done=0, of=len(cases))
    try:
        with _draft_of(found) as draft:
            _replay(found, draft, cases)
    except (policies.PackError, EngineError) as error:
        _failed(found, str(error))
    except Exception:
        _failed(found, WENT_WRONG)  # else it would say for ever that it is being done
        raise


def _failed(found: WhatIf, trouble: str) -> None:
    with acting_for([found.body_id]):
        WhatIf.objects.filter(pk=found.pk).update(state=State.FAILED, trouble=trouble)


@contextmanager
def _draft_of(found: WhatIf) -> Iterator[Procedure]:
    if found.files:
        with laid_out(found.files) as pack:
            yield policies.load(pack)
    else:
        yield procedure_named(found.draft, found.version)


def _replay(found: WhatIf, draft: Procedure, cases: list[int]) -> None:
    """Replay chunk by chunk, each in a transaction of its own, so that others see how far it is."""
    asked = Asked(draft, found.instead_of, found.as_of, found.weeks)
    tally = asked.tally()
    for start in range(0, len(cases), AT_ONCE):
        chunk = cases[start : start + AT_ONCE]
        with acting_for([found.body_id]):
            tally.add(replay_caseload(asked, "default", chunk, lambda *_: None))
            WhatIf.objects.filter(pk=found.pk).update(done=start + len(chunk))
    report = report_of(asked, tally, policies.load(found.instead_of))
    with acting_for([found.body_id]):
        WhatIf.objects.filter(pk=found.pk).update(state=State.DONE, report=report, files={})
