"""What the pages of the public form say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from candour.engine.words import Language, Words
from candour.telling.consents import ALL, SHARING, TO_THE_PROVIDER
from candour.telling.drafts import Writing
from candour.telling.pages import ABOUT_BEGINS, PAGES, REPLY, Page
from candour.telling.pages import CHECK as CHECK_PAGE
from candour.telling.pages import CONTACT as CONTACT_PAGE
from candour.telling.pages import SAFE as SAFE_PAGE
from candour.telling.pages import SHARING as SHARING_PAGE
from candour.telling.questions import CONTACT, Question
from candour.telling.questions import REPLY as REPLY_QUESTION
from candour.web.forms.controls import Choice, first
from candour.web.forms.tell import consents_in
from candour.web.tell_frame import Telling

TITLES: Final[Mapping[str, Words]] = {
    SAFE_PAGE: Words("Get help now", "Mynnwch help nawr"),
    ABOUT_BEGINS: Words("Can we ask about you?", "Gawn ni ofyn amdanoch chi?"),
    SHARING_PAGE: Words("Who can we show your words to?", "I bwy y cawn ni ddangos eich geiriau?"),
    CONTACT_PAGE: Words("How can we reach you?", "Sut gallwn ni gysylltu â chi?"),
    CHECK_PAGE: Words("Check what you wrote", "Gwiriwch yr hyn a ysgrifennoch"),
}
NOT_SAID: Final = Words("Not answered", "Heb ei ateb")
NOBODY: Final = Words("Nobody outside this organisation", "Neb y tu allan i’r sefydliad hwn")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is shown, with what was answered so far."""

    name: str
    number: str
    words: str
    hint: str
    choices: tuple[Choice, ...]
    value: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Agreeing:
    """A consent as it is shown."""

    kind: str
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of what is checked before it is sent."""

    key: str
    value: str
    change: str


def asked(question: Question, writing: Writing, language: Language) -> Asked:
    """Return a question as it is shown in a language."""
    return Asked(
        question.name,
        question.number,
        question.words.text(language),
        question.hint.text(language) if question.hint else "",
        tuple(
            Choice(
                each.value, each.words.text(language), each.hint.text(language) if each.hint else ""
            )
            for each in question.options
        ),
        writing.first(question.name),
        question.optional,
    )


def agreeing(language: Language) -> list[Agreeing]:
    """Return the consents to sharing, as they are shown."""
    return [Agreeing(each.kind, each.number, each.words.text(language)) for each in SHARING]


def to_the_provider(language: Language) -> Agreeing:
    """Return the consent to give contact details to the service, as it is shown."""
    each = TO_THE_PROVIDER
    return Agreeing(each.kind, each.number, each.words.text(language))


def reaching(writing: Writing, language: Language) -> list[Asked]:
    """Return the questions for how to reach somebody."""
    return [asked(each, writing, language) for each in CONTACT]


def page_title(page: Page, telling: Telling) -> str:
    """Return what a page is headed."""
    words = TITLES.get(page.name)
    if words is None:
        question = REPLY_QUESTION if page.name == REPLY else page.question
        words = question.words if question else Words("")
    return words.text(telling.language)


def checked(writing: Writing, telling: Telling) -> list[Row]:
    """Return everything that was written, each with the way to change it."""
    return [
        Row(page_title(page, telling), value, f"{telling.address(_place(page))}?to=check")
        for page in PAGES
        if page.comes(writing) and (value := _value(page, writing, telling.language))
    ]


def _place(page: Page) -> str:
    return "" if page is PAGES[0] else page.name


def _value(page: Page, writing: Writing, language: Language) -> str:
    """Return what was answered on a page, in words; nothing where there is nothing to check."""
    if page.name in (SAFE_PAGE, CHECK_PAGE, ABOUT_BEGINS):
        return ""
    if page.name == SHARING_PAGE:
        agreed = consents_in(writing.answers)
        said = [each.words.text(language) for each in SHARING if each.kind in agreed]
        return "\n".join(said) or NOBODY.text(language)
    if page.name == CONTACT_PAGE:
        agreed = consents_in(writing.answers)
        said = [writing.first(each.name) for each in CONTACT]
        said += [
            each.words.text(language)
            for each in ALL
            if each is TO_THE_PROVIDER and each.kind in agreed
        ]
        return "\n".join(part for part in said if part)
    question = REPLY_QUESTION if page.name == REPLY else page.question
    if question is None:
        return ""
    given = first(writing.answers, question.name)
    option = question.option(given)
    said_as = option.words.text(language) if option else given
    return said_as or NOT_SAID.text(language)
