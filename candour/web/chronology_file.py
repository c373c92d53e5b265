"""A chronology as a document: the lines of its page in one table, drawn as PDF or Word."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.documents import Block, Content, Paragraph, Run, Runs, Table
from candour.web.presenters.chronology import Chronology, ChronologyLine, reader_words
from candour.web.spoken import spoken


def as_content(title: str, found: Chronology, narrowed: Sequence[str]) -> Content:
    """Return a chronology as a document.

    Args:
        title: what stands above it.
        found: its lines.
        narrowed: by what it is narrowed, in words; nothing for the whole of it.
    """
    blocks: list[Block] = [
        Paragraph((Run(f"{_('For')}: ", strong=True), Run(reader_words(found.audience)))),
        Paragraph((Run(scope_words(found, narrowed)),)),
    ]
    if found.lines:
        head = ((Run(_("When")),), (Run(_("What happened")),))
        blocks.append(Table(head, tuple(_row(line) for line in found.lines)))
    else:
        blocks.append(Paragraph((Run(_("Nothing to show.")),)))
    return Content(spoken(), title, tuple(blocks))


def scope_words(found: Chronology, narrowed: Sequence[str]) -> str:
    """Return what the chronology holds and what it leaves out, in words."""
    number = len(found.lines)
    words = ngettext("%(n)s entry, oldest first.", "%(n)s entries, oldest first.", number)
    words %= {"n": number}
    if narrowed:
        words += " " + _("Narrowed to: %(what)s.") % {"what": "; ".join(narrowed)}
    return words


def _row(line: ChronologyLine) -> tuple[Runs, ...]:
    return (Run(line.when),), tuple(_what(line))


def _what(line: ChronologyLine) -> Iterator[Run]:
    yield Run(line.title, strong=True)
    if line.withdrawn:
        yield Run(f" ({_('withdrawn')})")
    if line.kept:
        yield Run(f" ({line.kept})")
    if line.note:
        yield Run(f"\n{line.note}")
    for known in line.fields:
        said = "; ".join(known.lines)
        yield Run(f"\n{known.label}{'' if known.label.endswith('?') else ':'} ", emphasis=True)
        yield Run(said)
    for words in line.notes:
        yield Run(f"\n{words}", emphasis=True)
    recorded = " · ".join(part for part in (line.by, line.recorded) if part)
    yield Run(f"\n{_('Recorded')}: ", emphasis=True)
    yield Run(recorded)
