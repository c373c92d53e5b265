"""What somebody agreed to, for the room that has their name sealed to ask."""

from candour.sealing.consents import Consent
from candour.telling.consents import ALL
from candour.telling.models import ConsentGiven


def agreed(experience: int) -> list[Consent]:
    """Return the answers that hold for an experience, in the order of the form. One query."""
    given = ConsentGiven.objects.filter(told__experience=experience).order_by("pk")
    newest = {each.kind: each for each in given}
    return [
        Consent(found.kind, found.given, found.words, found.version, found.at)
        for kind in (consent.kind for consent in ALL)
        if (found := newest.get(kind)) is not None
    ]
