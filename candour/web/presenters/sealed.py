"""What is sealed, in words: what is there, what was agreed to, who may open it, and who did."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.mail.models import MailReceived
from candour.mail.reading.incoming import Incoming
from candour.mail.reading.sniffing import look_at
from candour.people.models import Post
from candour.sealing.consents import Consent
from candour.sealing.custody import Custodian
from candour.sealing.details import PersonDetails, Way
from candour.sealing.models import CustodyChange, Purpose, SealedEvent, What
from candour.sealing.queries import Held
from candour.web import dates
from candour.web.forms.controls import Choice
from candour.web.presenters.mail import not_kept_words


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """An answer to a consent, in the words that the person read."""

    words: str
    given: bool
    when: str


@dataclass(frozen=True, slots=True)
class SealedPart:
    """What the page of an experience says of who spoke."""

    says: str
    key_here: bool
    opened: str
    address: str


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A message that came by mail: when, with how many files, and where it is opened."""

    words: str
    files: str
    address: str


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file of an opened message."""

    number: int
    name: str
    size: str
    refused: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """A line of the log."""

    when: str
    what: str
    of_what: str
    address: str
    who: str
    reason: str
    given_to: str


@dataclass(frozen=True, slots=True)
class CustodianLine:
    """A post that may open."""

    role: str
    title: str
    holders: str
    since: str
    reason: str


def sealed_part(number: int, held: Held) -> SealedPart:
    """Return what is said of who told an experience."""
    times = ngettext("Opened %(n)s time.", "Opened %(n)s times.", held.seen) % {"n": held.seen}
    return SealedPart(
        says=_says(held),
        key_here=held.key_here,
        opened=times if held.seen else _("Nobody has opened it."),
        address=reverse("experience-sealed", args=[number]),
    )


def _says(held: Held) -> str:
    if held.person and held.words:
        return _("Their name, how to reach them, and their words as they gave them.")
    if held.person:
        return _("Their name and how to reach them.")
    return _("Their words as they gave them, before names were taken out.")


def consent_lines(consents: Iterable[Consent]) -> Iterator[ConsentLine]:
    """Yield what somebody agreed to and did not."""
    for each in consents:
        yield ConsentLine(each.words, each.given, dates.day(each.at))


def event_lines(events: Iterable[SealedEvent], titles: Mapping[str, str]) -> Iterator[EventLine]:
    """Yield lines of the log with the names of who opened what."""
    for event in events:
        of_what, address = _place_of(event.context)
        yield EventLine(
            when=dates.moment(event.at),
            what=what_words(What(event.what)),
            of_what=of_what,
            address=address,
            who=_who(event, titles),
            reason=event.reason,
            given_to=event.given_to,
        )


def _place_of(context: str) -> tuple[str, str]:
    """Return in words what something sealed belongs to, and the address of its page."""
    sort, _slash, number = context.partition("/")
    if number.isdecimal() and sort == "experience":
        return _("Experience %(number)s") % {"number": number}, reverse("experience", args=[number])
    if number.isdecimal() and sort == "letter":
        return _("Message %(number)s") % {"number": number}, reverse("mail-letter", args=[number])
    return context, ""


def _who(event: SealedEvent, titles: Mapping[str, str]) -> str:
    if event.by_id is None:
        return _("By itself; nobody saw anything")
    title = titles.get(event.role, event.role.replace("_", " "))
    return f"{event.by.name}, {title}" if title else event.by.name


def what_words(what: What) -> str:
    """Return what was done, in words."""
    return {
        What.OPENED: _("Opened"),
        What.GIVEN: _("Given to a provider"),
        What.ADDRESSED: _("A message was addressed"),
        What.DESTROYED: _("Destroyed"),
    }[what]


def count_rows(counted: Mapping[What, int]) -> list[dict[str, str]]:
    """Return how often each thing was done, as rows of a summary."""
    return [{"key": what_words(what), "value": f"{counted.get(what, 0):,}"} for what in What]


def custodian_lines(found: Iterable[Custodian], titles: Mapping[str, str]) -> list[CustodianLine]:
    """Return the posts that may open, in the order they were named."""
    return [
        CustodianLine(
            role=each.role,
            title=titles.get(each.role, each.role.replace("_", " ")),
            holders=", ".join(each.holders) or _("nobody today"),
            since=_("Since %(day)s, by %(who)s")
            % {"day": dates.day(each.since), "who": each.named_by},
            reason=each.reason,
        )
        for each in found
    ]


def change_lines(
    changes: Iterable[CustodyChange], titles: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield when a post was named or ended, the change in words, and why."""
    for each in changes:
        words = _("%(who)s named: %(post)s") if each.named else _("%(who)s ended: %(post)s")
        title = titles.get(each.role, each.role.replace("_", " "))
        yield dates.day(each.at), words % {"who": each.by.name, "post": title}, each.reason


def titles_of(posts: Iterable[Post]) -> dict[str, str]:
    """Return what each role is called at a body, by the title of a post."""
    return {post.role: post.title or post.role.replace("_", " ") for post in posts}


def post_choices(posts: Sequence[Post], already: Iterable[str]) -> list[Choice]:
    """Return the posts that may be named, each with who holds it."""
    titles, there = titles_of(posts), set(already)
    return [
        Choice(
            role,
            f"{title}: {', '.join(sorted(p.user.name for p in posts if p.role == role))}",
        )
        for role, title in sorted(titles.items(), key=lambda pair: pair[1])
        if role not in there
    ]


def person_rows(person: PersonDetails) -> list[dict[str, str]]:
    """Return who somebody is, as rows of a summary."""
    ways = {
        Way.MAIL: _("By email"),
        Way.PHONE: _("By phone"),
        Way.POST: _("By post"),
        Way.NONE: _("Not at all"),
    }
    rows = (
        (_("Name"), person.name),
        (_("Email"), person.mail),
        (_("Phone"), person.phone),
        (_("Address"), person.address),
        (_("How they would like to be reached"), ways[person.way]),
        (_("Language"), "Cymraeg" if person.language == "cy" else "English"),
    )
    return [{"key": key, "value": value} for key, value in rows if value]


def sealed_choices(held: Held) -> list[Choice]:
    """Return what can be opened."""
    choices = []
    if held.person:
        choices.append(Choice(Purpose.PERSON, _("Who they are and how to reach them")))
    if held.words:
        choices.append(Choice(Purpose.WORDS, _("Their words as they gave them")))
    return choices


def letter_lines(letters: Iterable[MailReceived]) -> list[LetterLine]:
    """Return what came by mail from whoever told an experience, with how many files it brought."""
    return [
        LetterLine(
            words=_("Came %(when)s") % {"when": dates.moment(each.came_at)},
            files=ngettext("%(n)s file", "%(n)s files", number) % {"n": number} if number else "",
            address=reverse("mail-letter", args=[each.pk]),
        )
        for each in letters
        for number in [len(each.parts.all())]
    ]


def letter_rows(opened: Incoming) -> list[dict[str, str]]:
    """Return who wrote an opened message and what about, as rows of a summary."""
    rows = (
        (_("Name"), opened.sender_name),
        (_("Email"), opened.sender_email),
        (_("Subject"), opened.subject),
    )
    return [{"key": key, "value": value} for key, value in rows if value]


def letter_files(opened: Incoming) -> list[LetterFile]:
    """Return the files of an opened message, with why one is not given out."""
    return [
        LetterFile(number, file.name, filesizeformat(len(file.content)), not_kept_words(why))
        for number, file in enumerate(opened.files, 1)
        for why in [look_at(file.name, file.content).refused or ""]
    ]
