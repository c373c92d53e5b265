"""What can be done to cases. Each verb is one transaction: all of it is kept, or nothing.

    open_case(actor=, procedure=, body=, service=, draft=, as_of=)
        -> Opened | Refusal
    record(case_id=, actor=, draft=, expected_seq=, as_of=)
        -> Recorded | Refusal | Stale
    link_experiences(case_id=, actor=, experiences=, draft_id=, as_of=)
        -> Recorded | Refusal | Stale
    wake(case_id, as_of)
        -> how many entries were added

All need a transaction that acts for bodies: `candour.database.row_security.acting_for`.
"""

from candour.cases.actions.linking import link_experiences
from candour.cases.actions.opening import open_case
from candour.cases.actions.recording import record
from candour.cases.actions.results import Opened, Recorded, Stale
from candour.cases.actions.waking import wake

__all__ = ["Opened", "Recorded", "Stale", "link_experiences", "open_case", "record", "wake"]
