"""The text of a letter, made from its template for a case as it stands, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.documents.facts import (
    Asked,
    BodyFacts,
    ClosedToAudience,
    Facts,
    SenderFacts,
    ServiceFacts,
    facts_for,
)
from candour.documents.facts import Directory as Around
from candour.documents.facts.fields import AGREED
from candour.documents.merge_syntax import uses_of
from candour.documents.merging import MergeFaults, merge, merge_line
from candour.engine import Entry, Language, Procedure, Refusal, Standing, Words
from candour.engine.fields import Problem
from candour.engine.london import local
from candour.engine.templates import Template
from candour.letters.house import house_of, letterhead_of
from candour.letters.models import HouseStyle, TemplateOverride
from candour.letters.texts import LetterText
from candour.letters.wording import worded
from candour.people.actor import Actor
from candour.people.models import Post
from candour.people.queries import holders_of

BOTH: tuple[Language, ...] = ("en", "cy")


@dataclass(frozen=True, slots=True)
class Made:
    """What a template gives for a case: the texts by language, and the facts that they used."""

    texts: dict[str, LetterText]
    facts: list[dict[str, Any]]


def made_texts(
    case: Case,
    standing: Standing,
    template: Template,
    *,
    actor: Actor,
    about: Entry | None,
    own: TemplateOverride | None,
    as_of: datetime,
) -> Made | Refusal:
    """Return the text of a letter in both languages, from the body's own text where it has one.

    Returns:
        The texts; or why there are none: the entry is not for those who get the letter.
    """
    words = worded(template, own)
    writing = _writing(standing.procedure, words, actor, as_of)
    texts: dict[str, LetterText] = {}
    kept: list[dict[str, Any]] = []
    try:
        for language in BOTH:
            asked = Asked(
                words, language, as_of, about.id if about else "", kinds=_kinds_in(words, language)
            )
            facts = facts_for(standing, asked, _around(case, writing, language))
            texts[language], used = _merged(words, facts)
            kept += [{**each, "language": language} for each in used]
    except (ClosedToAudience, MergeFaults) as fault:
        return Refusal(problems=(Problem("about", str(fault)),))
    return Made(texts, kept)


def _kinds_in(template: Template, language: Language) -> frozenset[str]:
    """Return the kinds of entry that a text names: in a long case, nothing else is gathered."""
    return _kinds_of(template.subject.text(language), template.text.text(language))


@lru_cache(maxsize=1024)
def _kinds_of(*texts: str) -> frozenset[str]:
    roots = (use.path.replace("[]", "").split(".") for use in uses_of(*texts))
    named = {parts[1] for parts in roots if parts[0] in ("latest", "each") and len(parts) > 1}
    return frozenset({*named, AGREED})


def _merged(template: Template, facts: Facts) -> tuple[LetterText, list[dict[str, str]]]:
    subject = merge_line(template.subject.text(facts.language), facts)
    text = merge(template.text.text(facts.language), facts)
    used = {fact.path: fact for fact in (*subject.used, *text.used)}
    return LetterText(subject.text, text.text), [fact.as_json() for fact in used.values()]


@dataclass(frozen=True, slots=True)
class _Writing:
    """Who writes a letter and who signs it, read once for both languages."""

    body: Body
    house: HouseStyle
    day: date
    signer: str
    post: Words


def _writing(procedure: Procedure, template: Template, actor: Actor, as_of: datetime) -> _Writing:
    """Return who signs: whoever holds the role that the template names, or who writes."""
    day = local(as_of).date()
    signer = None
    if template.signed_by and template.signed_by != actor.role:
        signer = holders_of(template.signed_by, actor.body, day).first()
    person, role = (signer, template.signed_by) if signer else (actor.user, actor.role)
    post = Post.objects.on(day).filter(user=person, body=actor.body, role=role).first()
    known = procedure.roles.get(role)
    called = Words(post.title) if post and post.title else (known.title if known else Words(""))
    name = person.name if person else ""
    return _Writing(actor.body, house_of(actor.body), day, name, called)


def _around(case: Case, writing: _Writing, language: Language) -> Around:
    """Return what a letter takes from outside the log, its recipient left open."""
    service = case.service
    head = letterhead_of(writing.body, writing.house, language, writing.day)
    return Around(
        case_ref=case.ref,
        case_title=case.title,
        service=ServiceFacts(
            service.name_in(language), service.address, service.postcode, service.kind
        )
        if service
        else ServiceFacts(),
        provider_name=service.provider.name_in(language) if service else "",
        body=BodyFacts(head.body_name, ", ".join(head.address_lines), head.phone, head.email),
        sender=SenderFacts(writing.signer, writing.post.text(language)),
    )


def changed_facts(kept: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the merge fields whose words were others when a draft was made, each once."""
    before = {(fact["path"], fact["language"]): fact["value"] for fact in kept}
    after = {(fact["path"], fact["language"]): fact["value"] for fact in now}
    differing = (key for key in {**before, **after} if before.get(key) != after.get(key))
    yield from dict.fromkeys(path for path, _ in differing)
