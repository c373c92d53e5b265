"""Words that a document to be signed can begin with: a form of the procedure, a letter's draft."""

from uuid import UUID

from candour.documents.facts import RecipientFacts
from candour.documents.merging import addressed
from candour.engine import Refusal
from candour.engine.templates import Audience, Template
from candour.letters.making import made_texts
from candour.letters.models import LetterDraft
from candour.letters.own_texts import own_text_of
from candour.people.actor import Actor
from candour.signing.composing import OPEN
from candour.web.forms.asking import FormText
from candour.web.in_hand import InHand

LANGUAGES = ("en", "cy")
NOT_PROVIDER = (Audience.MEMBERS, Audience.PARTNERS)


def blank_form(hand: InHand, record: str) -> Template | None:
    """Return the procedure's own form for a record, to be filled in; not one about its signing."""
    found = hand.procedure.templates.get(record)
    return found if found is not None and not found.about and found.records is None else None


def from_form(hand: InHand, record: str) -> FormText | None:
    """Return the procedure's form for a record, with what the case says already, if it has one."""
    template = blank_form(hand, record)
    if template is None:
        return None
    actor = Actor.from_post(hand.posts[0])
    own = own_text_of(actor.body, hand.procedure, template.id)
    made = made_texts(
        hand.case, hand.standing, template, actor=actor, about=None, own=own, as_of=hand.now
    )
    if isinstance(made, Refusal):
        return None
    behind = dict.fromkeys(fact["entry"] for fact in made.facts if fact.get("entry"))
    texts = {name: _to_nobody(text.text) for name, text in made.texts.items()}
    return FormText(texts, tuple(behind), audience=_audience(template))


def from_letter(hand: InHand, number: str) -> FormText | None:
    """Return the draft of a letter of this case as words to be signed, or None."""
    try:
        draft = LetterDraft.objects.filter(pk=UUID(number), case=hand.case).first()
    except ValueError:
        return None
    if draft is None:
        return None
    template = hand.procedure.templates.get(draft.template)
    behind = dict.fromkeys(fact["entry"] for fact in draft.facts if fact.get("entry"))
    return FormText(
        {name: _to_nobody(draft.texts[name]["text"]) for name in LANGUAGES},
        tuple(behind),
        {name: _to_nobody(draft.texts[name]["subject"]) for name in LANGUAGES},
        _audience(template),
    )


def _audience(template: Template | None) -> str:
    """Return for whom words are; without a template nobody can say: for the members alone then."""
    if template is None:
        return Audience.MEMBERS.value
    return template.audience.value if template.audience in NOT_PROVIDER else OPEN


def _to_nobody(text: str) -> str:
    """Return a text without the places that each recipient of a letter fills."""
    return addressed(text, RecipientFacts())
