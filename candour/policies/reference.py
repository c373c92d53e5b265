"""Writes the reference parts of docs/procedure-format.md, and the published schema.

`python -m candour.policies.reference` brings both up to date with the grammar and the vocabulary; a
test fails while they are not.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from candour.engine.fields import Field, FieldType
from candour.engine.kinds import Kind
from candour.engine.vocabulary import GROUPS, KINDS
from candour.policies import calendars, schema
from candour.policies.reading import (
    case_conditions,
    circumstances,
    conditions,
    grammar,
    leaving_out,
    lists,
    matrices,
    meetings,
    own_fields,
    patterns,
    rules,
    shapes,
    templates,
    texts,
)
from candour.policies.reading.checking import Shape
from candour.policies.reading.groups import Group
from candour.policies.scenarios import grammar as scenarios

GUIDE: Final = Path(__file__).parent.parent.parent / "docs" / "procedure-format.md"
_SECTION = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

_NAMED: Final[Mapping[str, str]] = {
    "words": "text in both languages",
    "pattern": "a pattern",
    "duty pattern": "a duty’s pattern",
    "condition": "a condition",
    "values": "fields with values",
    "options": "list of options",
    "fields": "list of fields",
}
FIELD_TYPES: Final[Mapping[FieldType, str]] = {
    FieldType.LINE: "one line of text",
    FieldType.TEXT: "paragraphs of text",
    FieldType.CHOICE: "one option",
    FieldType.CHOICES: "several options",
    FieldType.YES_NO: "yes or no (`true`, `false`)",
    FieldType.WHOLE: "a whole number, 0 or more",
    FieldType.DATE: "a date",
    FieldType.MOMENT: "a date and time",
    FieldType.TIME: "a time of day, London clock",
    FieldType.LINES: "a list of short texts: names, agencies",
    FieldType.ROLE: "a role of the procedure",
    FieldType.STEP: "a step of the procedure",
    FieldType.MOVE: "a move of the procedure",
    FieldType.DUTY: "a duty of the procedure",
    FieldType.CHANGES: "corrected values, in `correction_made` only",
}


def said(shape: Shape) -> str:  # noqa: C901, PLR0911 - one line for each shape
    """Return what a part holds, in the words of the guide."""
    match shape:
        case shapes.OneOf():
            return "one of " + ", ".join(f"`{word}`" for word in shape.words)
        case shapes.Named():
            return f"name of a {shape.of}"
        case meetings.OptionOf():
            return f"an id in the list of options `{shape.options_list}`"
        case shapes.ListOf():
            single = ", or just one" if shape.or_one else ""
            return f"list of: {said(shape.item)}{single}"
        case lists.Distinct():
            return f"list of: {shape.item.what}"
        case shapes.Register():
            return f"names, and under each: {said(shape.item)}"
        case shapes.Either():
            return f"{said(shape.one)}; or {said(shape.other)}"
        case shapes.Defined():
            return _NAMED[shape.name]
        case shapes.Day():
            return "a date, or null" if shape.open else "a date"
        case Group():
            return shape.what
        case _:
            return _PLAIN[type(shape)]


_PLAIN: Final[Mapping[type, str]] = {
    shapes.Text: "text",
    shapes.Flag: "`true` or `false`",
    shapes.Always: "`true`",
    shapes.Count: "a whole number, 1 or more",
    shapes.ClockWords: "a clock’s words",
    patterns.OneValue: "a value",
    patterns.Value: "a value or a list of values",
    texts.BothLanguages: "text in both languages",
    own_fields.OwnFields: "kinds of entry, and under each: list of fields",
    case_conditions.RestrictionKinds: "`true`, or a list of restrictions",
    case_conditions.ProcessKinds: "`true`, or a list of processes",
    case_conditions.Yes: "`true`",
    scenarios.Moment: "a day, or a London time",
    scenarios.Anything: "a value",
}


def _parts(group: Group) -> Iterator[str]:
    yield "| part | holds | what it is for |"
    yield "|---|---|---|"
    for part in group.parts:
        needed = " (needed)" if part.required else ""
        yield f"| `{part.name}`{needed} | {said(part.shape)} | {part.says} |"


def _tables(groups: Mapping[str, Group]) -> Iterator[str]:
    for heading, group in groups.items():
        yield from (f"#### {heading}", "", *_parts(group), "")


def _pack() -> Iterator[str]:
    yield from _parts(grammar.PACK)


def _rules() -> Iterator[str]:
    yield from _tables(
        {
            "What a pack leaves out (`without`)": leaving_out.WITHOUT,
            "A source": grammar.SOURCE,
            "A clause": grammar.CLAUSE,
            "A role": grammar.ROLE,
            "A step": grammar.STEP,
            "A move": rules.MOVE,
            "A gate": rules.GATE,
            "A duty": rules.DUTY,
            "An extension": rules.EXTEND,
            "An alternative (`due_instead`)": circumstances.ALTERNATIVE,
            "A circumstance": circumstances.CIRCUMSTANCE,
            "An auto": rules.AUTO,
            "What an auto does": rules.DOES,
            "A pattern": patterns.PATTERN_PARTS,
            "A duty’s pattern": patterns.OWED_PARTS,
            "An option": lists.OPTION,
            "A field": own_fields.FIELD,
            "A need (`needed_when`)": own_fields.NEEDED_WHEN,
            "A document": grammar.DOCUMENT,
            "A template": templates.TEMPLATE,
            "What sending records (`records`)": templates.RECORDS,
            "A recipient by role": templates.HOLDER,
            "A contact": grammar.CONTACT,
            "Hours of a contact": grammar.HOURS,
            "A matrix": matrices.MATRIX,
            "A meeting": meetings.MEETING,
            "A quorum": meetings.QUORUM,
            "A heading of an agenda": meetings.HEADING,
            "Whose it is (`for_bodies`)": grammar.FOR_BODIES,
            "A validity (`valid`)": grammar.VALIDITY,
            "A review": grammar.REVIEW,
        }
    )


def _conditions() -> Iterator[str]:
    for head, group in conditions.HEADS.items():
        yield from (f"#### `{head}`", "", *_parts(group), "")


def _scenarios() -> Iterator[str]:
    yield from _tables(
        {
            "A scenario": scenarios.SCENARIO,
            "An entry": scenarios.ENTRY,
            "An expectation": scenarios.EXPECTATION,
            "A letter": scenarios.LETTER,
        }
    )


def _field_types() -> Iterator[str]:
    yield from ("| type | takes |", "|---|---|")
    yield from (f"| `{type_}` | {takes} |" for type_, takes in FIELD_TYPES.items())


def _calendars() -> Iterator[str]:
    yield from (f"- `{name}`" for name in calendars.NAMES)


def _option_lists() -> Iterator[str]:
    yield from ("| list | asked for by |", "|---|---|")
    asked: dict[str, list[str]] = {}
    for kind in KINDS.values():
        for known in kind.fields:
            if known.options_list:
                asked.setdefault(known.options_list, []).append(f"`{kind.name}.{known.name}`")
    yield from (f"| `{name}` | {', '.join(by)} |" for name, by in sorted(asked.items()))


def _kinds() -> Iterator[str]:
    for group, title in GROUPS.items():
        yield from (f"#### {title.en}", "", "| kind | what it records | fields |", "|---|---|---|")
        yield from (_kind(kind) for kind in KINDS.values() if kind.group == group)
        yield ""


def _kind(kind: Kind) -> str:
    fields = ", ".join(_field(known) for known in kind.fields)
    closed = " May follow the closing of the case." if kind.after_closing else ""
    return f"| `{kind.name}` | {kind.describes}{closed} | {fields} |"


def _field(known: Field) -> str:
    options = ", ".join(f"`{option.id}`" for option in known.options)
    listed = f", list `{known.options_list}`" if known.options_list else ""
    needed = ", needed" if known.required else ""
    return f"`{known.name}` ({known.type}{': ' + options if options else ''}{listed}{needed})"


SECTIONS: Final[Mapping[str, Callable[[], Iterator[str]]]] = {
    "pack": _pack,
    "rules": _rules,
    "conditions": _conditions,
    "scenarios": _scenarios,
    "field_types": _field_types,
    "calendars": _calendars,
    "option_lists": _option_lists,
    "kinds": _kinds,
}


def filled(guide: str) -> str:
    """Return the guide with every generated part brought up to date."""

    def section(found: re.Match[str]) -> str:
        lines = "\n".join(SECTIONS[found[2]]()).strip()
        return f"{found[1]}{lines}\n{found[3]}"

    return _SECTION.sub(section, guide)


def main() -> None:
    """Write the guide and the schema."""
    GUIDE.write_text(filled(GUIDE.read_text("utf-8")), "utf-8")
    schema.PUBLISHED.write_text(schema.written(), "utf-8")


if __name__ == "__main__":
    main()
