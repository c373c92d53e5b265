"""Checks a text against the merge fields that it may use, and two languages against each other."""

from collections.abc import Iterator

from candour.documents.facts.fields import RECIPIENT, MergeFields, shown
from candour.documents.merge_syntax import How, MergeFault, Use, read_merging
from candour.engine.errors import nearest


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


def differing(english: str, welsh: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the merge fields that only the English text uses, and those that only the Welsh."""
    en, cy = (
        dict.fromkeys(shown(use.path) for use in read_merging(text).uses)
        for text in (english, welsh)
    )
    return tuple(path for path in en if path not in cy), tuple(p for p in cy if p not in en)
