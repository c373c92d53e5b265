"""What somebody sees who comes back with a receipt."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from candour.engine.words import Language, Words
from candour.feeding_back.models import DigestReply
from candour.feeding_back.queries import replies_for
from candour.sealing.keeping import of_experience, sealed_for
from candour.sealing.models import Purpose
from candour.telling.models import Message, Told
from candour.telling.queries import messages_of
from candour.telling.what_came import what_came
from candour.web import dates

TOLD_US = Words("You told us", "Dywedoch wrthym")
WE_ASKED = Words("We asked you", "Gofynasom i chi")
WE_REPLIED = Words("We replied", "Atebasom ni")
YOU_ANSWERED = Words("You answered", "Atebasoch chi")
YOU_ADDED = Words("You added", "Ychwanegoch")
NO_WAY = Words(
    "We have no way to reach you: come back here to read the answer",
    "Nid oes gennym ffordd o’ch cyrraedd: dewch yn ôl yma i ddarllen yr ateb",
)
THEY_REPLIED = Words("{who} replied to what people told", "Atebodd {who} i’r hyn a ddywedodd pobl")
THEY_CHANGED = Words("{who} changed something", "Newidiodd {who} rywbeth")
_SAID = {
    Message.Sort.QUESTION: WE_ASKED,
    Message.Sort.REPLY: WE_REPLIED,
    Message.Sort.ANSWER: YOU_ANSWERED,
    Message.Sort.ADDED: YOU_ADDED,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, with words where there are any to read.

    `tongue` is the language of words that are not in that of the page; empty where nobody knows.
    """

    when: str
    title: str
    words: str = ""
    ours: bool = False
    tongue: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A question of staff that waits for an answer."""

    number: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What the page shows."""

    body: str
    withdrawn: str
    steps: tuple[Step, ...]
    questions: tuple[Open, ...]
    in_a_case: bool


def receipt_page(told: Told, language: Language, as_of: datetime) -> ReceiptPage:
    """Return what a receipt shows. The person's words come back only as long as they stand."""
    came = what_came(told.experience_id, as_of)
    said = messages_of(told)
    answered = {each.to_id for each in said}
    withdrawn = dates.day(told.withdrawn_at) if told.withdrawn_at else ""
    moments = [(dates.london_day(told.told_at), 0, _first(told, language))]
    moments += [
        (each.on, 1, Step(dates.day(each.on), each.words.text(language), ours=True))
        for each in came
    ]
    moments += [(dates.london_day(each.at), 2, _said(each, told, language)) for each in said]
    moments += [
        (each.came_on, 3, step)
        for each in replies_for(told.experience, for_people=True)
        for step in _replied(each, language)
    ]
    if _out_of_reach(told):
        step = Step(dates.day(told.told_at), NO_WAY.text(language), ours=True)
        moments.append((dates.london_day(told.told_at), 1, step))
    waiting = [
        Open(str(each.pk), each.words, dates.day(each.at))
        for each in said
        if each.sort == Message.Sort.QUESTION and each.pk not in answered and not withdrawn
    ]
    return ReceiptPage(
        told.body.name_in(language),
        withdrawn,
        tuple(step for _on, _order, step in sorted(moments, key=lambda each: each[:2])),
        tuple(waiting),
        bool(came),
    )


def _first(told: Told, language: Language) -> Step:
    words = "" if told.withdrawn_at else told.experience.answer
    return Step(
        dates.day(told.told_at), TOLD_US.text(language), words, tongue=_tongue(told, language)
    )


def _tongue(told: Told, language: Language) -> str:
    """Return the language in which somebody told, where it is not that of the page.

    A screen reader says words in the language that the page gives (WCAG 2.2, 3.1.2).
    """
    return told.language if told.language != language else ""


def _replied(reply: DigestReply, language: Language) -> list[Step]:
    """Return what the organisation answered to what many people told, and what it changed."""
    when = dates.day(reply.came_on)
    who = reply.digest.organisation.name_in(language)
    steps = [Step(when, THEY_REPLIED.text(language).format(who=who), reply.words, ours=True)]
    if reply.changed:
        title = THEY_CHANGED.text(language).format(who=who)
        steps.append(Step(when, title, reply.changed, ours=True))
    return steps


def _out_of_reach(told: Told) -> bool:
    """Whether they would like a reply, and nothing is kept by which to reach them."""
    if not told.wants_reply or told.withdrawn_at:
        return False
    return not sealed_for([of_experience(told.experience_id)], Purpose.PERSON)


def _said(message: Message, told: Told, language: Language) -> Step:
    title, ours = _SAID[Message.Sort(message.sort)].text(language), message.by_id is not None
    tongue = "" if ours else _tongue(told, language)
    return Step(dates.day(message.at), title, message.words, ours=ours, tongue=tongue)


def receipt_text(code: str, address: str) -> str:
    """Return a receipt as a text file, which opens anywhere."""
    lines = (
        _("Your receipt code"),
        "",
        f"    {code}",
        "",
        _(
            "Go to %(address)s to see what was done, answer a question, add something or take "
            "it back."
        )
        % {"address": address},
        _("We cannot find it again for you: we do not know whose it is."),
    )
    return "\r\n".join(lines) + "\r\n"
