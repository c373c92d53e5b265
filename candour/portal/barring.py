"""Why somebody may not invite, open or answer: in both languages, for its field if any."""

from candour.engine import Refusal, Words
from candour.engine.conditions import Reason


def barred(en: str, cy: str, field: str = "") -> Refusal:
    """Return a refusal with one reason."""
    return Refusal(reasons=(Reason(Words(en, cy), field=field),))


def closed() -> Refusal:
    """Return the refusal of an answer to an invitation that stands no more."""
    return barred(
        "This invitation stands no more. Ask whoever sent it for a new one.",
        "Nid yw’r gwahoddiad hwn yn sefyll mwyach. Gofynnwch i bwy bynnag a’i hanfonodd am un "
        "newydd.",
    )
