"""What can be done to cases. Each verb is one transaction: all of it is kept, or nothing.

    open_case(actor=, procedure=, body=, service=, draft=, as_of=)
        -> Opened | Refusal
    record(case_id=, actor=, draft=, expected_seq=, as_of=)
        -> Recorded | Refusal | Stale
    link_experiences(case_id=, actor=, experiences=, draft_id=, as_of=)
        -> Recorded | Refusal | Stale
    seal_rating(case_id=, actor=, draft=, expected_seq=, as_of=)
        -> Recorded | Refusal | Stale
    open_ratings(case_id=, actor=, draft=, expected_seq=, as_of=)
        -> Recorded | Refusal | Stale
    show_ratings(case_id=, body=, as_of=)
        -> how many were shown
    change_procedure(case_id=, actor=, change=, draft_id=, expected_seq=, as_of=)
        -> Recorded | Refusal | Stale
    preview_change(standing, change, actor, as_of)
        -> Comparison | Refusal
    share_case(case_id=, actor=, sharing=, expected_seq=, as_of=)
        -> Recorded | Refusal | Stale
    end_share(case_id=, actor=, share=, reason=, draft_id=, as_of=)
        -> Recorded | Refusal | Stale
    wake(case_id, as_of)
        -> how many entries were added

All need a transaction that acts for bodies: `candour.database.row_security.acting_for`.
"""

from candour.cases.actions.changing import Change, change_procedure, preview_change
from candour.cases.actions.linking import link_experiences
from candour.cases.actions.opening import open_case
from candour.cases.actions.partnering import Sharing, end_share, may_be_shared_with, share_case
from candour.cases.actions.recording import record
from candour.cases.actions.results import Opened, Recorded, Stale
from candour.cases.actions.sealing import open_ratings, own_ratings, seal_rating, show_ratings
from candour.cases.actions.waking import wake

__all__ = [
    "Change",
    "Opened",
    "Recorded",
    "Sharing",
    "Stale",
    "change_procedure",
    "end_share",
    "link_experiences",
    "may_be_shared_with",
    "open_case",
    "open_ratings",
    "own_ratings",
    "preview_change",
    "record",
    "seal_rating",
    "share_case",
    "show_ratings",
    "wake",
]
