"""Minutes drafted from what was recorded in a meeting, by the template that the letter uses."""

from candour.documents import MarkdownFault, read_markdown
from candour.documents.content import Content
from candour.engine import Entry, Language, Refusal
from candour.engine.templates import Template
from candour.letters.making import made_texts
from candour.letters.own_texts import own_text_of
from candour.people.actor import Actor
from candour.web.in_hand import InHand
from candour.web.spoken import spoken


def drafted(hand: InHand, template: Template, held: Entry) -> Content | None:
    """Return the draft in the language of the page; None where the record gives none.

    It is what the letter will begin with, so nothing is written a second time.
    """
    posts = hand.posts_for([template.signed_by])
    actor = Actor.from_post(posts[0]) if posts else Actor.system(hand.case.body)
    made = made_texts(
        hand.case,
        hand.standing,
        template,
        actor=actor,
        about=held,
        own=own_text_of(actor.body, hand.procedure, template.id),
        as_of=hand.now,
    )
    if isinstance(made, Refusal):
        return None
    language: Language = "cy" if spoken() == "cy" else "en"
    text = made.texts[language]
    try:
        return read_markdown(text.text, language=language, title=text.subject)
    except MarkdownFault:
        return None
