"""What a document to be signed says: the values of a record and the entries that it rests on."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from candour.documents import (
    Block,
    Content,
    Heading,
    Item,
    Items,
    Paragraph,
    Run,
    Table,
    read_markdown,
)
from candour.documents.facts.seen import closed_field, sight_for
from candour.engine import Entry, Standing, Words
from candour.engine.fields import Field, blank
from candour.engine.kinds import Kind
from candour.engine.templates import Audience, RecipientRule, Template
from candour.engine.vocabulary.signing import SIGNED
from candour.engine.words import Language
from candour.signing.wording import field_lines, moment_words

# Kinds that a record may set out, and those set out unless somebody says otherwise.
RESTS_ON = (
    "concern_raised",
    "evidence_added",
    "visit_made",
    "response_received",
    "response_judged",
    "decision_made",
    "referral_made",
    "recommendation_issued",
    "restriction_imposed",
    "plan_agreed",
    "action_added",
    "meeting_held",
)
OPEN = "case"  # the audience of entries that are not for the members of a meeting alone
NOT_SHOWN = ("record", "signed_by")
MOST = 40

# What an outsider is shown is no more than a letter to the provider could hold.
_TO_PROVIDER = Template(
    "signed_outside",
    "",
    Audience.PROVIDER,
    Words(""),
    Words(""),
    to=(RecipientRule("provider"), RecipientRule("responsible_individual")),
)

CASE = Words("Case", "Achos")
SERVICE = Words("Service", "Gwasanaeth")
STEP = Words("Step", "Cam")
BODY = Words("Led by", "Arweinir gan")
FACT = Words("Fact", "Ffaith")
VALUE = Words("As recorded", "Fel y’i cofnodwyd")
RESTS = Words("What this rests on", "Yr hyn y mae hyn yn seiliedig arno")


@dataclass(frozen=True, slots=True)
class About:
    """The case that a document is of, in words."""

    ref: str
    service: str
    body: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody wants to have signed.

    Attributes:
        record: the id of one of the procedure's records, or empty.
        title: the document's title.
        data: the values of the record, as the entry of the signature will have them.
        text: further words in Markdown; may be empty.
        entries: the ids of the entries that it sets out.
        behind: the ids of entries that the further words were made from.
        outside: somebody from outside signs: from no field can it be told who reported, and no
            entry is set out that a provider may not see.
    """

    record: str
    title: str
    data: Mapping[str, Any]
    text: str = ""
    entries: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """An entry that a document sets out, and what it said then."""

    entry: str
    digest: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A document's content, and the entries that it was made from."""

    content: Content
    used: tuple[Used, ...]


def compose(standing: Standing, about: About, wanted: Wording, language: Language) -> Composed:
    """Return the document in a language.

    Raises:
        MarkdownFault: the further words cannot be read.
    """
    kind = standing.procedure.kind(SIGNED)
    found = [entry for entry in offered(standing) if entry.id in wanted.entries]
    blocks = (
        _facts(standing, about, language),
        *_values(kind, wanted.data, language),
        *_further(wanted, language),
        *_entries(standing, found, wanted, language),
    )
    made_from = {*(entry.id for entry in found), *wanted.behind}
    used = tuple(Used(e.id, digest(e)) for e in standing.chronicle if e.id in made_from)
    return Composed(Content(language, wanted.title, blocks), used)


def offered(standing: Standing) -> list[Entry]:
    """Return the newest entries that a document may set out, in order of happening.

    What is for the members of a meeting alone is never among them: a signatory may be anybody.
    """
    kept = [e for e in standing.chronicle if e.kind in RESTS_ON and e.audience == OPEN]
    return kept[-MOST:]


def not_for_outside(standing: Standing, entries: Iterable[str], moment: datetime) -> list[Entry]:
    """Return those of these entries that nobody outside may be shown, as for a provider's letter.

    That is what stays among the agencies, and what is withheld from the provider.
    """
    sight = sight_for(standing, _TO_PROVIDER, moment)
    wanted = set(entries)
    return [e for e in offered(standing) if e.id in wanted and not sight.sees(e)]


def digest(entry: Entry) -> str:
    """Return the hash of what an entry says as it holds."""
    says = [entry.kind, entry.happened_at.isoformat(), dict(entry.data)]
    return hashlib.sha256(json.dumps(says, sort_keys=True).encode()).hexdigest()


def changed(standing: Standing, used: Sequence[Used]) -> list[str]:
    """Return the ids of entries that no longer say what a document took from them."""
    held = {entry.id: entry for entry in standing.chronicle}
    return [
        each.entry
        for each in used
        if each.entry not in held or digest(held[each.entry]) != each.digest
    ]


def _facts(standing: Standing, about: About, language: Language) -> Table:
    step = standing.procedure.steps[standing.step].title.text(language)
    rows = (
        (CASE, about.ref),
        (SERVICE, about.service),
        (STEP, step),
        (BODY, about.body),
    )
    return Table(
        ((Run(FACT.text(language)),), (Run(VALUE.text(language)),)),
        tuple(((Run(label.text(language)),), (Run(said),)) for label, said in rows if said),
    )


def _values(kind: Kind, data: Mapping[str, Any], language: Language) -> Iterator[Block]:
    for known in kind.fields:
        if known.name in NOT_SHOWN or known.by_system or blank(data.get(known.name)):
            continue
        yield Heading(2, (Run(known.label.text(language)),))
        yield from _lines(known, data[known.name], language)


def _lines(known: Field, value: object, language: Language) -> Iterator[Block]:
    lines = field_lines(known, value, language)
    if len(lines) == 1:
        yield Paragraph((Run(lines[0]),))
    elif lines:
        yield Items(ordered=False, items=tuple(Item((Run(line),)) for line in lines))


def _further(wanted: Wording, language: Language) -> tuple[Block, ...]:
    if not wanted.text.strip():
        return ()
    return read_markdown(wanted.text, language=language, title=wanted.title).blocks


def _entries(
    standing: Standing, found: Sequence[Entry], wanted: Wording, language: Language
) -> Iterator[Block]:
    if not found:
        return
    yield Heading(2, (Run(RESTS.text(language)),))
    for entry in found:
        kind = standing.procedure_of(entry.id).kind(entry.kind)
        title = f"{kind.title.text(language)}, {moment_words(entry.happened_at, language)}"
        yield Heading(3, (Run(title),))
        said = list(_said(kind, entry, wanted, language))
        if said:
            yield Items(ordered=False, items=tuple(said))


def _said(kind: Kind, entry: Entry, wanted: Wording, language: Language) -> Iterator[Item]:
    for known in kind.fields:
        value = entry.data.get(known.name)
        if known.by_system or blank(value):
            continue
        if wanted.outside and closed_field(kind.name, known, Audience.PROVIDER):
            continue
        words = known.label.text(language)
        label = Run(f"{words} " if words.endswith("?") else f"{words}: ", strong=True)
        yield Item((label, Run("; ".join(field_lines(known, value, language)))))
