"""What can be done with letters. Each verb is one transaction: all of it is kept, or nothing.

    begin_draft(case=, actor=, beginning=, draft_id=, as_of=)      -> Kept | Refusal
    edit_draft(draft_id=, actor=, texts=, revision=, as_of=)       -> Kept | Overtaken | Refusal
    make_anew(draft_id=, actor=, revision=, as_of=)                -> Kept | Overtaken | Refusal
    set_aside(draft_id=, actor=, revision=, as_of=)                -> Kept | Overtaken | Refusal
    confirm_recipients(draft_id=, actor=, chosen=, revision=, as_of=)
                                                                   -> Kept | Overtaken | Refusal
    ask_second / approve_second / decline_second(…)                -> Kept | Overtaken | Refusal
    send(actor=, pressing=, delivery=, as_of=)
                                                         -> Sent | Refusal | Stale | Overtaken
    record_on_paper(actor=, pressing=, delivery=, as_of=)
                                                         -> Sent | Refusal | Stale | Overtaken
    save_own_text / withdraw_own_text(…)                           -> TemplateOverride | Refusal
    save_house(…)                                                  -> HouseStyle | Refusal

All need a transaction that acts for bodies: `candour.database.row_security.acting_for`.
"""

from candour.letters.actions.confirming import (
    approve_second,
    ask_second,
    confirm_recipients,
    decline_second,
)
from candour.letters.actions.drafting import (
    Beginning,
    begin_draft,
    edit_draft,
    make_anew,
    set_aside,
)
from candour.letters.actions.housing import House, save_house
from candour.letters.actions.overriding import save_own_text, withdraw_own_text
from candour.letters.actions.results import Kept, Overtaken, Sent
from candour.letters.actions.sending import Delivery, Pressing, record_on_paper, send

__all__ = [
    "Beginning",
    "Delivery",
    "House",
    "Kept",
    "Overtaken",
    "Pressing",
    "Sent",
    "approve_second",
    "ask_second",
    "begin_draft",
    "confirm_recipients",
    "decline_second",
    "edit_draft",
    "make_anew",
    "record_on_paper",
    "save_house",
    "save_own_text",
    "send",
    "set_aside",
    "withdraw_own_text",
]
