"""Who gets a letter: the lines of the rule, those beside it, and what has to be said of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from candour.engine.templates import RECIPIENTS
from candour.letters.recipients import Chosen, Known, Proposed, Way
from candour.letters.work import Work
from candour.web import dates
from candour.web.forms.controls import Choice
from candour.web.presenters.naming import role_title
from candour.web.spoken import said

MOST_BESIDE = 20


@dataclass(frozen=True, slots=True)
class RecipientForm:
    """One recipient on the form: what is known, and what a person says of it.

    `number` is part of the names of its fields; those of the rule count from 1, those beside it
    begin with “x”. `fixed` is the address that the directory gives, which nobody types over.
    """

    number: str
    key: str
    title: str
    rule: str
    why: str
    copy: bool
    fixed: str
    name: str
    asks_name: bool
    role: str
    body: str
    email: str
    gets: bool
    way: str
    language: str
    reason: str
    error: str = ""


def recipient_forms(
    work: Work,
    typed: Mapping[str, str] | None,
    errors: Mapping[str, str],
    beside: int,
) -> tuple[RecipientForm, ...]:
    """Return a form for each recipient: as typed, else as confirmed, else as the rule proposes.

    Args:
        work: the draft.
        typed: what was typed and not kept.
        errors: what is wrong, by the key of the recipient.
        beside: how many lines there are for people beside the rule.
    """
    confirmed = {each.key: each for each in work.chosen}
    lines = [
        _by_rule(work, number, line, confirmed.get(line.key), typed)
        for number, line in enumerate(work.proposed, 1)
    ]
    outside = [each for each in work.chosen if each.rule == ""]
    for place in range(1, max(beside, len(outside)) + 1):
        held = outside[place - 1] if place <= len(outside) else None
        lines.append(_beside(f"x{place}", held, typed))
    return tuple(
        line if not errors.get(line.key) else _with_error(line, errors[line.key]) for line in lines
    )


def _with_error(line: RecipientForm, error: str) -> RecipientForm:
    return replace(line, error=error)


def _by_rule(
    work: Work,
    number: int,
    line: Proposed,
    held: Chosen | None,
    typed: Mapping[str, str] | None,
) -> RecipientForm:
    way = held.way if held else (Way.MAIL if line.email else Way.POST)
    told = {
        "gets": "yes" if (held is None or not held.left_out) else "",
        "name": line.name or (held.name if held else ""),
        "email": line.email or (held.email if held else ""),
        "way": way.value,
        "language": held.language if held else line.language,
        "reason": held.reason if held else "",
    }
    shown = _typed(str(number), told, typed)
    return RecipientForm(
        number=str(number),
        key=line.key,
        title=", ".join(part for part in (line.name, _role(work, line), line.body) if part),
        rule=rule_words(work, line.rule),
        why=why_words(line),
        copy=line.copy,
        fixed=line.email,
        name=shown["name"],
        asks_name=not line.name and line.known is not Known.DIRECTORY,
        role=line.role,
        body=line.body,
        email=shown["email"],
        gets=shown["gets"] == "yes",
        way=shown["way"],
        language=shown["language"],
        reason=shown["reason"],
    )


def _role(work: Work, line: Proposed) -> str:
    if line.known is Known.NOWHERE:
        return rule_words(work, line.rule)
    return line.role


def _beside(number: str, held: Chosen | None, typed: Mapping[str, str] | None) -> RecipientForm:
    told = {
        "gets": "yes" if held and not held.left_out else "",
        "name": held.name if held else "",
        "role": held.role if held else "",
        "body": held.body if held else "",
        "email": held.email if held else "",
        "way": held.way.value if held else Way.MAIL.value,
        "language": held.language if held else "en",
        "reason": held.reason if held else "",
    }
    shown = _typed(number, told, typed)
    return RecipientForm(
        number=number,
        key=f"outside:{number}",
        title=shown["name"] or shown["body"],
        rule="",
        why="",
        copy=False,
        fixed="",
        name=shown["name"],
        asks_name=True,
        role=shown["role"],
        body=shown["body"],
        email=shown["email"],
        gets=True,
        way=shown["way"],
        language=shown["language"],
        reason=shown["reason"],
    )


def _typed(
    number: str, told: Mapping[str, str], typed: Mapping[str, str] | None
) -> Mapping[str, str]:
    if typed is None:
        return told
    return {name: typed.get(f"{name}-{number}", "") for name in told}


def rule_words(work: Work, rule: str) -> str:
    """Return what a rule is called."""
    if rule in RECIPIENTS:
        return said(RECIPIENTS[rule])
    return role_title(work.standing.procedure, rule.removeprefix("role "))


def why_words(line: Proposed) -> str:
    """Return where a proposed recipient comes from."""
    if line.known is Known.CASE:
        return _("Named in the case; the directory does not know it")
    if line.known is Known.NOWHERE:
        return _("Nobody is kept for this: post it, or add a contact to the directory")
    words = _("From the directory")
    if line.known is Known.POST:
        words = _("Holds the post")
    if line.since is not None:
        words = _("%(why)s, since %(day)s") % {"why": words, "day": dates.day(line.since)}
    if not line.email:
        words = _("%(why)s. No address: post it or add a contact") % {"why": words}
    return words


def way_choices() -> list[Choice]:
    """Return how a letter can reach somebody."""
    return [
        Choice(Way.MAIL.value, _("By email")),
        Choice(Way.POST.value, _("By post")),
        Choice(Way.PHONE.value, _("By phone")),
        Choice(Way.HAND.value, _("By hand")),
    ]


def language_choices() -> list[Choice]:
    """Return the languages that a letter is sent in."""
    return [Choice("en", _("English")), Choice("cy", _("Welsh"))]


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """A recipient as it was confirmed, in words."""

    who: str
    rule: str
    copy: bool
    how: str
    language: str
    reason: str
    outside: bool


def recipient_lines(work: Work, chosen: Sequence[Chosen]) -> tuple[RecipientLine, ...]:
    """Return recipients as they were confirmed."""
    ways = {choice.value: choice.words for choice in way_choices()}
    languages = {choice.value: choice.words for choice in language_choices()}
    return tuple(
        RecipientLine(
            who=each.called,
            rule=rule_words(work, each.rule) if each.rule else _("Outside the rule"),
            copy=each.copy,
            how=each.email if each.way is Way.MAIL else ways[each.way.value],
            language=languages.get(each.language, each.language),
            reason=each.reason,
            outside=each.outside,
        )
        for each in chosen
    )
