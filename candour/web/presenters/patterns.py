"""Patterns in words: which entries a rule speaks of."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from candour.engine import Procedure
from candour.engine.fields import Field
from candour.engine.patterns import ANY_VALUE, Pattern, Where
from candour.engine.vocabulary import kind_named
from candour.web.spoken import said


def patterns(procedure: Procedure, found: Iterable[Pattern], *, every: bool = False) -> str:
    """Return what entries a rule speaks of, in words."""
    joint = _(" and ") if every else _(" or ")
    return joint.join(dict.fromkeys(pattern_words(procedure, pattern) for pattern in found))


def pattern_words(procedure: Procedure, pattern: Pattern) -> str:
    """Return what one pattern speaks of: “Meeting held (Meeting: QAM)”."""
    kind = procedure.kinds.get(pattern.kind) or kind_named(pattern.kind)
    fields = {known.name: known for known in kind.fields}
    facts = [where_words(fields.get(where.field), where) for where in pattern.where]
    title = said(kind.title)
    return f"{title} ({'; '.join(facts)})" if facts else title


def where_words(known: Field | None, where: Where) -> str:
    """Return what one field has to say: “Meeting: QAM or PPM”."""
    labels = {option.id: said(option.label) for option in known.options} if known else {}
    words = {True: _("yes"), False: _("no"), ANY_VALUE: _("given")}
    values = _(" or ").join(labels.get(v) or words.get(v) or str(v) for v in where.values)
    name = said(known.label).rstrip("?") if known else where.field.replace("_", " ")
    return f"{name}: {values}"
