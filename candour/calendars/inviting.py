"""What everybody invited to the meetings of a case is to have in their calendar, by the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from candour.calendars.events import Invitation, Person
from candour.calendars.invited import Guest, Guests, Known, Unreached, guests
from candour.calendars.sittings import Sitting, Times, sittings, times
from candour.calendars.wording import About, agenda_for, description, meeting_title, summary
from candour.engine import Entry, Standing
from candour.engine.words import Language, Words

NAMES = UUID("1c1e64a0-5f0f-5a38-9a55-3f1b52e2f8a7")


@dataclass(frozen=True, slots=True)
class Setting:
    """What there is to know of a case beside its log.

    Attributes:
        ref: its number.
        body, service: their names.
        provider: the name of the service's provider; empty where there is none.
        domain: that of the site's mail, which makes UIDs the site's own.
        both: those whose language nobody knows are written to in English and Welsh.
    """

    ref: str
    body: Words
    service: Words
    provider: str
    domain: str
    both: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One invitation as the log wants it, with what its mail needs to say."""

    sitting: Sitting
    invitation: Invitation
    about: About


@dataclass(frozen=True, slots=True)
class Called:
    """One meeting: what is wanted of it, when it is for its members, and who is not reached.

    Of one that was taken back, `times` and `place` are those of the last call.
    """

    sitting: Sitting
    title: Words
    times: Times
    place: str
    asked: tuple[Asked, ...]
    unreached: tuple[Unreached, ...]


def called(standing: Standing, setting: Setting, known: Iterable[Known]) -> tuple[Called, ...]:
    """Return every meeting that a log calls, with who is to have it in their calendar."""
    addresses = tuple(known)
    return tuple(_called(standing, setting, addresses, sitting) for sitting in sittings(standing))


def uid_of(sitting: Sitting, domain: str, *, with_provider: bool) -> str:
    """Return by what a meeting is known in every calendar.

    The provider's part is an event of its own: one that began at another time would otherwise
    change the members' where both share a mailbox.
    """
    part = "provider" if with_provider else "members"
    return f"{uuid5(NAMES, f'{sitting.id}/{part}')}@{domain}"


def _called(
    standing: Standing, setting: Setting, known: tuple[Known, ...], sitting: Sitting
) -> Called:
    procedure, call = standing.procedure, sitting.call
    rule = procedure.meetings.get(sitting.name)
    found = Guests((), ())
    if call is not None:
        found = guests(procedure, call, known, setting.provider)
    return Called(
        sitting=sitting,
        title=meeting_title(procedure, sitting.name),
        times=times(sitting.last, rule, with_provider=False),
        place=_place(sitting.last),
        asked=tuple(_asked(standing, setting, sitting, guest) for guest in found.to),
        unreached=found.unreached,
    )


def _asked(standing: Standing, setting: Setting, sitting: Sitting, guest: Guest) -> Asked:
    call, procedure = sitting.last, standing.procedure
    rule = procedure.meetings.get(sitting.name)
    languages = _languages(setting, guest)
    apart = guest.with_provider and rule is not None and rule.in_parts
    when = times(call, rule, with_provider=guest.with_provider)
    about = About(
        ref=setting.ref,
        title=meeting_title(procedure, sitting.name),
        body=setting.body,
        service=setting.service,
        place=_place(call),
        agenda=agenda_for(
            procedure, sitting.name, call.data.get("agenda"), with_provider=guest.with_provider
        ),
        of_part=apart,
        times=when,
    )
    invitation = Invitation(
        uid=uid_of(sitting, setting.domain, with_provider=apart),
        guest=Person(guest.name, guest.email),
        times=when,
        summary=summary(about, languages),
        place=about.place,
        description=description(about, languages),
        languages=languages,
    )
    return Asked(sitting, invitation, about)


def _place(call: Entry) -> str:
    return str(call.data.get("place") or "").strip()


def _languages(setting: Setting, guest: Guest) -> tuple[Language, ...]:
    if guest.language is not None:
        return (guest.language,)
    return ("en", "cy") if setting.both else ("en",)
