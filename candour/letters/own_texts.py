"""A body's own text for a template of a pack: the one that counts, and how it differs."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from candour.bodies.models import Body
from candour.engine import Procedure
from candour.engine.templates import Template
from candour.letters.models import TemplateOverride


def newest_of(body: Body, procedure: str, template: str) -> TemplateOverride | None:
    """Return the last version of a body's own text, withdrawn or not; None where it had none."""
    found = TemplateOverride.objects.filter(body=body, procedure=procedure, template=template)
    return found.select_related("saved_by").order_by("-number").first()


def own_text_of(body: Body, procedure: Procedure, template: str) -> TemplateOverride | None:
    """Return the text that a body uses in place of a pack's, or None where it uses the pack's."""
    newest = newest_of(body, procedure.name, template)
    return None if newest is None or newest.withdrawn else newest


def own_texts_of(body: Body, procedures: Iterable[str]) -> dict[tuple[str, str], TemplateOverride]:
    """Return the texts that a body uses in place of packs', by procedure and template. One query.

    The last version of each counts, and none where that one went back to the pack's.
    """
    rows = TemplateOverride.objects.filter(body=body, procedure__in=list(procedures))
    newest = {(row.procedure, row.template): row for row in rows.order_by("number")}
    return {key: row for key, row in newest.items() if not row.withdrawn}


def hash_of(template: Template) -> str:
    """Return what stands for a pack's own text, so that a change of it is noticed later."""
    parts = (template.subject.en, template.subject.cy, template.text.en, template.text.cy)
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


class Change(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of words in one text, in the other, or in both."""

    change: Change
    words: str


_WORDS = re.compile(r"\s+|\{\{.*?\}\}|\{%.*?%\}|[\w’'-]+|[^\w\s]")


def difference(before: str, after: str) -> tuple[Stretch, ...]:
    """Return one text that shows both: what is the same, what was taken out, what was put in.

    A word, a merge field and a line break count as one each.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    return tuple(_joined(_stretches(old, new)))


def _stretches(old: list[str], new: list[str]) -> Iterator[Stretch]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch(Change.SAME, "".join(old[a_from:a_to]))
            continue
        if a_to > a_from:
            yield Stretch(Change.REMOVED, "".join(old[a_from:a_to]))
        if b_to > b_from:
            yield Stretch(Change.ADDED, "".join(new[b_from:b_to]))


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Yield stretches with those of one kind that follow each other as one."""
    held: Stretch | None = None
    for stretch in stretches:
        if held is not None and held.change is stretch.change:
            held = Stretch(held.change, held.words + stretch.words)
            continue
        if held is not None:
            yield held
        held = stretch
    if held is not None:
        yield held
