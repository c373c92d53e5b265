"""A letter being written: its words in each language, the facts they use, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Refusal
from candour.engine.templates import RECIPIENTS
from candour.letters.actions.drafting import made_again
from candour.letters.making import changed_facts
from candour.letters.recipients import Chosen, Way
from candour.letters.texts import LANGUAGES, LetterText
from candour.letters.work import Work
from candour.people.actor import Actor
from candour.web.presenters.audiences import audience_words
from candour.web.presenters.letter_facts import FactLine, fact_lines, fact_name
from candour.web.presenters.letter_ways import letter_title
from candour.web.presenters.letters import Told, draft_state
from candour.web.presenters.naming import entry_name
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a letter: what is typed, what is kept, and the facts that it uses.

    `kept` is what the draft holds, where that is not what is typed: somebody else's words.
    """

    language: str
    name: str
    subject: str
    text: str
    kept: LetterText | None
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Everything that the pages of a draft say."""

    title: str
    audience: str
    about: str
    state: Told
    sides: tuple[Side, ...]
    changed: tuple[str, ...]
    paper: bool
    own_text: bool


def draft_page(
    work: Work, actor: Actor | None, typed: Mapping[str, LetterText] | None
) -> DraftPage:
    """Return the page of a draft, with what was typed and not kept where there is any."""
    about = work.standing.entry(str(work.draft.about)) if work.draft.about else None
    return DraftPage(
        title=letter_title(work.standing.procedure, work.draft.template),
        audience=audience_words(work.template),
        about=entry_name(work.standing, about) if about else "",
        state=draft_state(work.draft),
        sides=tuple(_side(work, language, typed) for language in LANGUAGES),
        changed=changed_since(work, actor) if actor else (),
        paper=work.template.records is None,
        own_text=work.draft.own_text is not None,
    )


def language_name(language: str) -> str:
    """Return what a language is called."""
    return _("Welsh") if language == "cy" else _("English")


def _side(work: Work, language: str, typed: Mapping[str, LetterText] | None) -> Side:
    kept = LetterText(**work.draft.texts[language])
    shown = typed[language] if typed else kept
    return Side(
        language=language,
        name=language_name(language),
        subject=shown.subject,
        text=shown.text,
        kept=kept if shown != kept else None,
        facts=fact_lines(work.standing, work.draft.facts, language, work.case.ref),
    )


def changed_since(work: Work, actor: Actor) -> tuple[str, ...]:
    """Return the facts whose words are others now than when the text was made, by name."""
    if work.draft.read_to == len(work.standing.recorded) and _same_day(work):
        return ()
    made = made_again(work, actor)
    if isinstance(made, Refusal):
        return (_("What the letter is about may no longer be told to those who get it"),)
    kinds = {fact["path"]: str(fact["entry"] or "") for fact in (*made.facts, *work.draft.facts)}
    names = []
    for path in changed_facts(work.draft.facts, made.facts):
        entry = work.standing.entry(kinds[path])
        names.append(fact_name(work.standing, path, entry.kind if entry else ""))
    return tuple(dict.fromkeys(names))


def _same_day(work: Work) -> bool:
    return work.draft.begun_at.date() == work.as_of.date()


def nobody_yet(work: Work, language: str) -> Chosen:
    """Return who a letter is set for in a preview before anybody was chosen: the first by rule."""
    rule = next(iter(work.template.rules), None)
    words = RECIPIENTS.get(rule.name) if rule else None
    return Chosen(
        key="preview",
        rule=str(rule or ""),
        copy=False,
        name=said(words) if words else _("Recipient"),
        role="",
        body="",
        email="",
        language=language,
        way=Way.MAIL,
    )
