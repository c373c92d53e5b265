"""What programs seal for themselves and open by themselves, with nobody looking.

A message to a member of the public is sealed from when it is written, and opened as it leaves.
Nothing of a person or of words as given opens here, except the address that a message is put under:
that is logged.
"""

from datetime import datetime

from candour.sealing.details import PersonDetails, Way
from candour.sealing.errors import NothingSealed
from candour.sealing.keeping import destroy, keep, seal, unsealed
from candour.sealing.models import OPENED_BY_MACHINE, Purpose, What
from candour.sealing.opening import Place, log


def put_away(
    body_id: int, purpose: Purpose, plaintext: bytes, *, context: str, as_of: datetime
) -> None:
    """Seal and keep a text of a program's own, in the place of what it kept there before.

    Raises:
        KeyNotHere: there is no master key on this machine.
    """
    _own(purpose)
    keep([seal(body_id, purpose, plaintext, context=context, as_of=as_of)], anew=True)


def take_out(body_id: int, purpose: Purpose, context: str) -> bytes:
    """Return what `put_away` kept; it stays there.

    Raises:
        NothingSealed: nothing is there.
        KeyNotHere: the key is not on this machine.
        DoesNotOpen: it was changed, or brought here from another row.
    """
    _own(purpose)
    return unsealed(body_id, purpose, context)


def throw_away(body_id: int, purpose: Purpose, context: str, *, as_of: datetime) -> bool:
    """Delete what `put_away` kept; return whether there was anything."""
    _own(purpose)
    return destroy(body_id, purpose, context, reason="", by=None, as_of=as_of)


def address_of(body_id: int, context: str, *, reason: str, as_of: datetime) -> PersonDetails | None:
    """Return who somebody is for a program to write to them; logged, with no name beside it.

    Whoever calls this puts the address into a sealed message and shows it to nobody.

    Returns:
        None, and nothing in the log, where they left no address or would not be written to by mail.

    Raises:
        KeyNotHere: the key is not on this machine.
        DoesNotOpen: it was changed, or brought here from another row.
    """
    try:
        found = PersonDetails.from_bytes(unsealed(body_id, Purpose.PERSON, context))
    except NothingSealed:
        return None
    if found.way is not Way.MAIL or not found.mail:
        return None
    place = Place(body_id, Purpose.PERSON, context)
    log(What.ADDRESSED, place, actor=None, reason=reason, as_of=as_of)
    return found


def _own(purpose: Purpose) -> None:
    if purpose not in OPENED_BY_MACHINE:
        raise ValueError(
            f"“{purpose}” is opened by a custodian with a reason, not by a program: use "
            "candour.sealing.opening.open_sealed."
        )
