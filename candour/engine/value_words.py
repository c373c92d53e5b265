"""What was recorded in a field, in both languages: words of options and roles, else the value."""

from candour.engine.entries import Entry
from candour.engine.fields import as_values, blank
from candour.engine.procedure import Procedure
from candour.engine.words import Words


def value_words(procedure: Procedure, entry: Entry, name: str) -> tuple[Words, ...]:
    """Return the words of each value of a field of an entry; none where it was left empty.

    Args:
        procedure: the one under which the entry was recorded.
        entry: the entry.
        name: the field’s.
    """
    known, value = procedure.kind(entry.kind).field(name), entry.data.get(name)
    if known is None or blank(value):
        return ()
    titles = {role.id: role.title for role in procedure.roles.values()}
    titles |= {option.id: option.label for option in known.options}
    return tuple(titles.get(str(each), Words(str(each))) for each in as_values(value))
