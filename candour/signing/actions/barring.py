"""Why somebody may not sign, decline or ask: in both languages, for its field if any."""

from candour.engine import Refusal, Words
from candour.engine.conditions import Reason


def barred(en: str, cy: str, field: str = "") -> Refusal:
    """Return a refusal with one reason."""
    return Refusal(reasons=(Reason(Words(en, cy), field=field),))


def no_such_request() -> Refusal:
    """Return the refusal of a request that this case has not."""
    return barred(
        "There is no such request in this case.", "Nid oes cais o’r fath yn yr achos hwn."
    )


def no_reason() -> Refusal:
    """Return the refusal of an end without a reason."""
    return barred(
        "Say why in a few words: it is kept in the case.",
        "Dywedwch pam mewn ychydig eiriau: fe’i cedwir yn yr achos.",
        "reason",
    )
