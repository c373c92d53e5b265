"""A letter set for one recipient: its content, its letterhead, its PDF, its Word file, its mail."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.conf import settings

from candour.bodies.models import Body
from candour.documents import (
    Content,
    Letterhead,
    MailBodies,
    Signature,
    as_json,
    mail_bodies,
    pdf,
    read_markdown,
    word,
)
from candour.documents.codes import code_of
from candour.documents.facts import RecipientFacts
from candour.documents.facts.days import day_words
from candour.documents.merging import addressed
from candour.engine import Language, Words
from candour.engine.london import local
from candour.letters.house import letterhead_of
from candour.letters.models import HouseStyle
from candour.letters.recipients import Chosen
from candour.letters.sealing import canonical, sha256
from candour.letters.texts import LetterText

DATE, REF = Words("Date", "Dyddiad"), Words("Our reference", "Ein cyfeirnod")
TO_NOBODY = Words("Sir or Madam", "Syr neu Fadam")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the body, how it sends its letters, under which reference and when."""

    body: Body
    house: HouseStyle
    ref: str
    made_at: datetime
    _heads: dict[str, Letterhead] = field(default_factory=dict, repr=False, compare=False)

    def letterhead(self, language: Language) -> Letterhead:
        """Return what stands around its letters in a language; read once, however many get one."""
        if language not in self._heads:
            day = local(self.made_at).date()
            self._heads[language] = letterhead_of(self.body, self.house, language, day)
        return self._heads[language]


@dataclass(frozen=True)
class SetLetter:
    """A letter as one recipient gets it; `words` is the hash that the code on it stands for."""

    chosen: Chosen
    subject: str
    content: Content
    letterhead: Letterhead
    made_at: datetime
    words: str

    @cached_property
    def pdf(self) -> bytes:
        """The letter as a tagged PDF."""
        return pdf(
            self.content,
            self.letterhead,
            made_at=self.made_at,
            seal=code_of(self.words),
            check_at=f"{settings.SITE_ADDRESS}/verify/",
        )

    @cached_property
    def word(self) -> bytes:
        """The letter as an editable Word file."""
        return word(self.content, self.letterhead)

    @cached_property
    def mail(self) -> MailBodies:
        """The letter as the text and the HTML of a mail."""
        return mail_bodies(self.content, self.letterhead)


def set_letter(letter_id: str, text: LetterText, chosen: Chosen, sender: Sender) -> SetLetter:
    """Return a letter set for one recipient, in the language that they get it in.

    Raises:
        MarkdownFault: the text uses what letters do not have.
    """
    who = _who(chosen)
    subject = addressed(text.subject, who, markdown=False)
    content = read_markdown(addressed(text.text, who), language=language_of(chosen), title=subject)
    words = {"letter": letter_id, "to": chosen.key, "content": as_json(content)}
    return SetLetter(
        chosen=chosen,
        subject=subject,
        content=content,
        letterhead=_letterhead(chosen, sender),
        made_at=sender.made_at,
        words=sha256(canonical(words).encode()),
    )


def language_of(chosen: Chosen) -> Language:
    """Return the language that a recipient gets the letter in."""
    return "cy" if chosen.language == "cy" else "en"


def _who(chosen: Chosen) -> RecipientFacts:
    """Return what stands for the recipient in the text; nobody is addressed as nothing."""
    name = chosen.name or chosen.role or chosen.body or TO_NOBODY.text(language_of(chosen))
    return RecipientFacts(name, chosen.role, chosen.body)


def _letterhead(chosen: Chosen, sender: Sender) -> Letterhead:
    language = language_of(chosen)
    day = local(sender.made_at).date()
    own = sender.house.signature_cy if language == "cy" else sender.house.signature_en
    return replace(
        sender.letterhead(language),
        addressee=tuple(line for line in (chosen.name, chosen.role, chosen.body) if line),
        details=(
            (DATE.text(language), day_words(day, language)),
            (REF.text(language), sender.ref),
        ),
        signatures=(Signature(name=own),) if own else (),
    )
