"""Checks a text against the merge fields that it may use, and two languages against each other."""

import re
from collections.abc import Iterator
from typing import Final

from candour.documents.facts.fields import RECIPIENT, MergeFields, shown
from candour.documents.facts.samples import sample_facts
from candour.documents.facts.values import Facts
from candour.documents.faults import MarkdownFault
from candour.documents.markdown import read_markdown
from candour.documents.merge_syntax import How, MergeFault, Use, read_merging
from candour.documents.merging import merge
from candour.engine.errors import nearest
from candour.engine.words import Language

FEWEST_WORDS: Final = 3  # that a line must have to be taken for a sentence
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def check_text(text: str, fields: MergeFields) -> list[MergeFault]:
    """Return everything wrong with the merge fields of a text, in the order of its lines."""
    syntax = read_merging(text)
    found = [fault for use in syntax.uses for fault in _wrong(use, fields)]
    return sorted({*syntax.faults, *found})


def _wrong(use: Use, fields: MergeFields) -> Iterator[MergeFault]:
    why = fields.why_not(use.path) or _misused(use, fields)
    if why:
        yield MergeFault(use.line, use.column, why)


def _misused(use: Use, fields: MergeFields) -> str:
    """Return why a merge field that there is cannot be used in this way."""
    known, said = fields.known[use.path], shown(use.path)
    if use.path.startswith(f"{RECIPIENT}.") and (use.how is not How.PRINTS or use.formed):
        return (
            f"“{said}” is filled in for each recipient when the letter goes out, so it can only "
            "stand by itself between its braces."
        )
    if use.how is How.GOES_THROUGH and not known.many:
        return f"“{said}” is not a list. Leave out the “for”."
    if use.how is How.PRINTS and not known.leaf:
        return f"“{said}” is a list. Go through it: {{% for one in {said} %}} … {{% endfor %}}."
    strange = [one for one in use.compared if known.ids and one not in known.ids]
    if strange:
        near = nearest(strange[0], known.ids)
        return f"“{said}” is never “{strange[0]}”.{near} It is one of: {', '.join(known.ids)}."
    return ""


def check_markdown(text: str, language: Language) -> str:
    """Return why what a text comes to is no Markdown of letters; empty when it is.

    It is tried with something in every merge field, and with nothing in any.
    """
    uses = read_merging(text).uses
    for facts in (sample_facts(uses, language), Facts(language, ())):
        try:
            read_markdown(merge(text, facts).text, language=language, title="")
        except MarkdownFault as fault:
            return fault.message
    return ""


def untranslated(english: str, welsh: str) -> list[MergeFault]:
    """Return the lines of a Welsh text that are the English ones, word for word.

    A line of fewer than three words, such as a name, may be the same in both.
    """
    known = {_words(line) for line in english.split("\n")} - {()}
    return [
        MergeFault(number, 1, f"“{' '.join(words[:8])}” is the English text. Put it into Welsh.")
        for number, line in enumerate(welsh.split("\n"), start=1)
        if len(words := _words(line)) >= FEWEST_WORDS and words in known
    ]


def _words(line: str) -> tuple[str, ...]:
    """Return the words of a line that people read, without merge fields, marks and initials."""
    return tuple(word for word in _WORD.findall(_TAG.sub(" ", line)) if not word.isupper())


def differing(english: str, welsh: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the merge fields that only the English text uses, and those that only the Welsh."""
    en, cy = (
        dict.fromkeys(shown(use.path) for use in read_merging(text).uses)
        for text in (english, welsh)
    )
    return tuple(path for path in en if path not in cy), tuple(p for p in cy if p not in en)
