"""What staff see on the page of an experience that somebody told by the form."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.utils.translation import gettext as _

from candour.telling.models import Channel, Message, Told
from candour.telling.queries import about_of, consents_of, messages_of, told_of
from candour.telling.questions import ASKED
from candour.web import dates
from candour.web.spoken import said, spoken


@dataclass(frozen=True, slots=True)
class Line:
    """A fact, or something that was said, with what belongs to it."""

    key: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ToldPanel:
    """What stands beside the words of an experience that somebody told.

    Attributes:
        facts: how it came.
        consents: what they agreed to, and what not.
        about: what they said of themselves.
        said: what went back and forth since.
        withdrawn: they took it back: nothing can be asked any more.
        key: of the form to ask with.
    """

    facts: tuple[Line, ...]
    consents: tuple[Line, ...]
    about: tuple[Line, ...]
    said: tuple[Line, ...]
    withdrawn: bool
    key: str


def told_panel(experience_id: int) -> ToldPanel | None:
    """Return the panel, or None for what did not come by the form. At most four queries."""
    told = told_of(experience_id)
    if told is None:
        return None
    return ToldPanel(
        tuple(_facts(told)),
        tuple(
            Line(each.words, _("Yes") if each.given else _("No"), dates.day(each.at))
            for each in consents_of(told).values()
        ),
        tuple(_about(each.question, each.answer) for each in about_of(told)),
        tuple(_message(each) for each in messages_of(told)),
        told.withdrawn_at is not None,
        str(uuid4()),
    )


def _facts(told: Told) -> Iterator[Line]:
    """Yield how it came."""
    channels = {
        Channel.PAGES: _("On our pages"),
        Channel.EMBEDDED: _("On one page, in a site of the organisation"),
        Channel.PAPER: _("On paper"),
    }
    yield Line(_("How it came"), channels[Channel(told.channel)])
    if told.batch:
        by = told.keyed_by.name if told.keyed_by else ""
        yield Line(_("Batch"), told.batch, by)
    if told.when_words:
        yield Line(_("When, in their words"), told.when_words)
    if told.danger is not None:
        yield Line(_("Is anyone in danger?"), _("Yes") if told.danger else _("No"))
    yield Line(_("Would like a reply"), _("Yes") if told.wants_reply else _("No"))
    if told.doubt:
        yield Line(_("May come from a machine"), _doubt(told.doubt))
    if told.withdrawn_at:
        yield Line(_("Taken back"), dates.moment(told.withdrawn_at))


def _about(name: str, answer: str) -> Line:
    question = ASKED[name]
    option = question.option(answer)
    return Line(said(question.words), option.words.text(spoken()) if option else answer)


def _message(message: Message) -> Line:
    titles = {
        Message.Sort.QUESTION: _("We asked"),
        Message.Sort.REPLY: _("We replied"),
        Message.Sort.ANSWER: _("They answered"),
        Message.Sort.ADDED: _("They added"),
    }
    by = f", {message.by.name}" if message.by else ""
    return Line(titles[Message.Sort(message.sort)], message.words, dates.moment(message.at) + by)


def _doubt(found: str) -> str:
    words = {
        "quick": _("sent within three seconds of being opened"),
        "links": _("holds several links"),
    }
    return "; ".join(words[each] for each in found.split() if each in words)
