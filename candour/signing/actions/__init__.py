"""What can be done about signatures. Each verb needs a transaction that acts for a body.

ask(case_id=, actor=, asking=, as_of=, site=)       -> Recorded | Refusal | Stale
sign(case_id=, actor=, signing=, as_of=, site=)     -> Recorded | Refusal | Stale
decline(case_id=, actor=, declining=, as_of=)       -> Recorded | Refusal | Stale
withdraw(case_id=, actor=, request_id=, reason=, as_of=) -> Recorded | Refusal | Stale
send_link(asked, turn, made_by=, as_of=, site=)     -> Link
revoke_link(asked, turn, by=, name=, as_of=)        -> whether there was one to revoke
"""

from candour.signing.actions.asking import Asking, Signer, ask
from candour.signing.actions.ending import Declining, decline, withdraw
from candour.signing.actions.links import revoke_link, send_link
from candour.signing.actions.signing import Signing, sign

__all__ = [
    "Asking",
    "Declining",
    "Signer",
    "Signing",
    "ask",
    "decline",
    "revoke_link",
    "send_link",
    "sign",
    "withdraw",
]
