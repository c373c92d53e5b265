"""Gathers the facts that a text may use: from a case, for an audience, in a language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime

from candour.documents.facts.decided import decision_facts
from candour.documents.facts.directory import Directory
from candour.documents.facts.fields import AGREED, HAPPENED, TO_THE_MINUTE, fields_of
from candour.documents.facts.meeting import meeting_facts
from candour.documents.facts.owed import duty_facts, plan_facts, restriction_facts
from candour.documents.facts.recorded import recorded_facts
from candour.documents.facts.seen import NO_FREE_TEXT, Sight, closed_field, sight_for
from candour.documents.facts.values import Fact, Facts, day_fact, field_fact, text_fact
from candour.engine.entries import Entry
from candour.engine.fields import blank
from candour.engine.london import local
from candour.engine.standing import Standing
from candour.engine.templates import RecipientRule, Template
from candour.engine.words import Language


class ClosedToAudience(ValueError):
    """A text was asked to speak of an entry that its audience may not see."""


@dataclass(frozen=True, slots=True)
class Asked:
    """For what a letter is made.

    Attributes:
        template: the text.
        language: “en” or “cy”.
        moment: an instant: the case as it stands then, and the day that the letter bears.
        about: the id of the entry that it speaks of; empty where it speaks of none.
        also: recipients beside those of the template’s rules.
        kinds: of `latest` and `each`, only these kinds are gathered; every kind where it is None.
    """

    template: Template
    language: Language
    moment: datetime
    about: str = ""
    also: tuple[RecipientRule, ...] = ()
    kinds: frozenset[str] | None = None


def facts_for(standing: Standing, asked: Asked, directory: Directory) -> Facts:
    """Return every fact of a case that a text for its audience may use.

    Raises:
        ClosedToAudience: the entry that it is to speak of is not for its audience, is none of
            those that it is about, or was withdrawn.
    """
    sight = sight_for(standing, asked.template, asked.moment, asked.also)
    about = _about(standing, asked, sight)
    found = [
        *_plain(standing, asked, sight, directory),
        *_entries(sight, asked.language, asked.kinds),
        *(_fields(sight, about, "about", asked.language) if about else ()),
        *plan_facts(sight, asked.language),
        *restriction_facts(sight, asked.language),
        *duty_facts(sight, asked.language, about.id if about else ""),
        *meeting_facts(sight, asked.language, about),
        *decision_facts(sight, asked.language, about),
        *recorded_facts(sight, asked.language, about, asked.template),
    ]
    return Facts(asked.language, tuple(found))


def _about(standing: Standing, asked: Asked, sight: Sight) -> Entry | None:
    if not asked.about:
        return None
    held = next((entry for entry in standing.chronicle if entry.id == asked.about), None)
    if held is None:
        msg = "The entry that this text is to speak of was withdrawn, or is none of this case."
        raise ClosedToAudience(msg)
    if not any(pattern.matches(held) for pattern in asked.template.about):
        kinds = " or ".join(str(pattern) for pattern in asked.template.about) or "no entry"
        msg = f"This text speaks of {kinds}, and what was chosen is {held.kind}. Choose another."
        raise ClosedToAudience(msg)
    if not sight.sees(held):
        msg = (
            f"What was chosen is not for the audience “{sight.audience}”. Choose another entry, "
            "or record first that it may be shared."
        )
        raise ClosedToAudience(msg)
    return held


def _plain(standing: Standing, asked: Asked, sight: Sight, known: Directory) -> Iterator[Fact]:
    """Yield what is known of the case, the service, the body and the people who write and get."""
    language = asked.language
    yield day_fact("letter.date", local(asked.moment).date(), language)
    yield text_fact("case.ref", known.case_ref)
    if sight.audience not in NO_FREE_TEXT and _opening_seen(sight):
        yield text_fact("case.title", known.case_title)
    step = standing.procedure.steps[standing.step]
    yield text_fact("case.step", step.title.text(language), plain=step.id)
    if standing.opened_at is not None:
        yield day_fact("case.opened_on", local(standing.opened_at).date(), language)
    yield text_fact("provider.name", known.provider_name)
    for of in ("service", "body", "sender", "recipient"):
        part = getattr(known, of)
        for each in fields(part) if part is not None else ():
            yield text_fact(f"{of}.{each.name}", getattr(part, each.name))


def _opening_seen(sight: Sight) -> bool:
    return any(sight.sees(entry) for entry in sight.standing.by_kind.get("case_opened", ()))


def _entries(sight: Sight, language: Language, kinds: frozenset[str] | None) -> Iterator[Fact]:
    """Yield what the entries say that may be seen: the latest of each kind, and each."""
    offered = sight.standing.procedure.kinds
    for kind, held in sight.standing.by_kind.items():
        if kinds is not None and kind not in kinds:
            continue
        seen = [entry for entry in held if sight.sees(entry)] if kind in offered else []
        for number, entry in enumerate(seen):
            yield from _fields(sight, entry, f"each.{kind}.{number}", language)
        if seen:
            yield from _fields(sight, seen[-1], f"latest.{kind}", language)
            if kind == AGREED:
                yield from _fields(sight, seen[-1], "ratings.agreed", language)


def _fields(sight: Sight, entry: Entry, at: str, language: Language) -> Iterator[Fact]:
    happened: date = local(entry.happened_at).date()
    yield day_fact(f"{at}.{HAPPENED}", happened, language, entry.id)
    yield day_fact(f"{at}.{TO_THE_MINUTE}", entry.happened_at, language, entry.id)
    kind = sight.standing.procedure_of(entry.id).kind(entry.kind)
    for known in fields_of(kind):
        value = entry.data.get(known.name)
        if not blank(value) and not closed_field(entry.kind, known, sight.audience):
            yield field_fact(f"{at}.{known.name}", known, value, language, entry.id)


def entries_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the ids of the entries that facts come from, each once."""
    return tuple(dict.fromkeys(fact.entry_id for fact in facts if fact.entry_id))
