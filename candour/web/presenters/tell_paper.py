"""The public form on paper: the same questions under the same numbers as on the pages."""

from collections.abc import Iterator
from typing import Final

from candour.documents.paper_form import PaperForm, PaperOption, PaperQuestion
from candour.engine.words import Language, Words
from candour.telling.consents import SHARING, TO_THE_PROVIDER, Consent
from candour.telling.forms import FormLook
from candour.telling.questions import (
    ABOUT,
    CHANGE,
    CONTACT,
    DANGER,
    HOW,
    REPLY,
    SHARING_NUMBER,
    WHAT,
    WHEN,
    WHERE,
    Question,
)
from candour.web.tell_numbers import Number

LINES: Final = {"what": 14, "place": 2, "when": 1, "change": 6, "contact_post": 3}
RING: Final = Words(
    "If someone is in danger, ring now. Do not wait for us.",
    "Os oes rhywun mewn perygl, ffoniwch nawr. Peidiwch ag aros amdanom ni.",
)
SHARED: Final = Words(
    "Who can we show your words to? Tick only what you agree to.",
    "I bwy y cawn ni ddangos eich geiriau? Ticiwch dim ond yr hyn rydych yn cytuno ag ef.",
)
ENDING: Final = Words(
    "Give the form back to the person you got it from, or send it to us. Thank you.",
    "Rhowch y ffurflen yn ôl i’r person a’i rhoddodd i chi, neu anfonwch hi atom. Diolch.",
)
ANSWERED: Final = Words(
    "Fill in 10 only if you said yes to 9.", "Llenwch 10 dim ond os dywedoch “hoffwn” yn 9."
)


def paper_form(
    body: str, look: FormLook, ring: list[Number], language: Language, *, large: bool
) -> PaperForm:
    """Return a body's form on paper."""
    return PaperForm(
        language=language,
        body=body,
        title=look.part("title", language),
        lead=look.part("lead", language),
        ring_title=RING.text(language),
        ring=tuple((each.phone, each.who) for each in ring),
        asked=tuple(_asked(language)),
        ending=ENDING.text(language),
        large=large,
    )


def _asked(language: Language) -> Iterator[PaperQuestion]:
    for question in (DANGER, WHAT, WHERE, WHEN, HOW, CHANGE, *ABOUT):
        yield _question(question, language)
    ticks = tuple(_tick(each, language) for each in SHARING)
    yield PaperQuestion(SHARING_NUMBER, SHARED.text(language), options=ticks)
    yield _question(REPLY, language, ANSWERED.text(language))
    for question in CONTACT:
        yield _question(question, language)
    provider = TO_THE_PROVIDER
    words = Words("Can the service answer you itself?", "A gaiff y gwasanaeth eich ateb ei hun?")
    yield PaperQuestion(provider.number, words.text(language), options=(_tick(provider, language),))


def _tick(consent: Consent, language: Language) -> PaperOption:
    return PaperOption(consent.number, consent.words.text(language))


def _question(question: Question, language: Language, hint: str = "") -> PaperQuestion:
    own = question.hint.text(language) if question.hint else ""
    options = (each.words.text(language) for each in question.options)
    return PaperQuestion(
        question.number,
        question.words.text(language),
        hint or own,
        tuple(PaperOption(str(place), words) for place, words in enumerate(options, start=1)),
        0 if question.options else LINES.get(question.name, 1),
    )
