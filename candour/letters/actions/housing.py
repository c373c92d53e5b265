"""A body says how it sends its letters: letterhead, signature, who looks at recipients."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from candour.cases.actions.results import refused
from candour.documents.logos import NotALogo, logo_from
from candour.engine import Refusal
from candour.engine.fields import Problem
from candour.letters.house import house_of
from candour.letters.models import HouseStyle
from candour.mail.outgoing import is_address
from candour.people.actor import Actor

LONGEST = 1_000
NO_ADDRESS = "This is not an email address. Leave it empty or correct it."
NO_WORDS = "Say in words what the logo shows."
NOT_KEPT = ("without_logo",)  # what a form says that no version holds


@dataclass(frozen=True, slots=True)
class House:
    """How a body wants its letters to be sent.

    `logo` is None to keep the one that there is; `without_logo` takes it away.
    """

    address: str
    phone: str
    email: str
    web: str
    logo_words: str
    footer_en: str
    footer_cy: str
    signature_en: str
    signature_cy: str
    second_person: bool
    logo: bytes | None = None
    without_logo: bool = False


def save_house(*, actor: Actor, house: House, number: int, as_of: datetime) -> HouseStyle | Refusal:
    """Keep how a body sends its letters as a new version; the ones before it stay on record.

    Args:
        actor: who saves it, for the body acted for.
        house: what it says.
        number: the version that they read; 0 where there was none.
        as_of: the present instant.
    """
    house, trouble = _with_its_logo(house)
    faults = (*trouble, *_faults(house))
    if faults:
        return Refusal(problems=faults)
    before = house_of(actor.body)
    if before.number != number:
        return _faster()
    assert actor.user is not None  # noqa: S101  # the system has no letterhead of its own
    names = (field.name for field in fields(House) if field.name not in NOT_KEPT)
    said = {name: getattr(house, name) for name in names}
    if house.logo is None and not house.without_logo:
        said["logo"] = before.logo
    row = HouseStyle(
        body=actor.body, number=number + 1, saved_by=actor.user, saved_at=as_of, **said
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return _faster()
    return row


def _with_its_logo(house: House) -> tuple[House, tuple[Problem, ...]]:
    """Return it with the logo as letters carry it, or with why it cannot be one."""
    if house.logo is None:
        return house, ()
    try:
        return replace(house, logo=logo_from(house.logo), without_logo=False), ()
    except NotALogo as refused_logo:
        return house, (Problem("logo", str(refused_logo)),)


def _faults(house: House) -> list[Problem]:
    found = []
    if house.email and not is_address(house.email):
        found.append(Problem("email", NO_ADDRESS))
    for field in fields(House):
        value = getattr(house, field.name)
        if isinstance(value, str) and (len(value) > LONGEST or "\x00" in value):
            found.append(Problem(field.name, f"This has over {LONGEST:,} characters. Shorten it."))
    if house.logo is not None and not house.logo_words.strip():
        found.append(Problem("logo_words", NO_WORDS))
    return found


def _faster() -> Refusal:
    return refused(
        "A colleague saved another version meanwhile. Look at theirs, then save yours again.",
        "Cadwodd cydweithiwr fersiwn arall yn y cyfamser. Edrychwch arni, yna cadwch eto.",
    )
