"""The words of imports: what is the matter with rows, how dates were settled, how far it is."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candour.experiences.actions import Stage
from candour.experiences.intake.dates import How, Order
from candour.experiences.intake.header_words import LEAVE, THEME, THEMES

Said = Callable[[re.Match[str]], str]

MEANINGS: Final = {
    LEAVE: gettext_lazy("Leave it out"),
    "answer": gettext_lazy("What the person said"),
    "received_on": gettext_lazy("Day it was received"),
    "happened_on": gettext_lazy("Day it happened"),
    "source_ref": gettext_lazy("Its own number"),
    "organisation": gettext_lazy("Organisation"),
    "service_name": gettext_lazy("Service"),
    "service_kind": gettext_lazy("Kind of service"),
    "question": gettext_lazy("What was asked"),
    "rating": gettext_lazy("Rating given"),
    "sentiment": gettext_lazy("How it felt"),
    "language": gettext_lazy("Language"),
    "identifiable": gettext_lazy("Whether it names a person"),
    THEMES: gettext_lazy("Themes, all in one column"),
    THEME: gettext_lazy("A theme of its own, ticked"),
}
STAGES: Final = {
    Stage.LOOKING: gettext_lazy("Looking through the file"),
    Stage.DATES: gettext_lazy("Reading dates"),
    Stage.COPYING: gettext_lazy("Reading rows"),
    Stage.STORING: gettext_lazy("Storing"),
}
SETTLED_BY: Final = {
    How.ONE_READING: gettext_lazy("Only one reading is a possible date"),
    How.NEIGHBOURS: gettext_lazy("Two readings; the rows before and after agree"),
    How.NEARER: gettext_lazy("Two readings; the nearer row shows which"),
    How.DEFAULT: gettext_lazy("Two readings and nothing that shows which: the usual order"),
    How.SERIAL: gettext_lazy("A number of days, as a spreadsheet counts them"),
}
ORDERS: Final = {
    Order.DAY_FIRST: gettext_lazy("day first"),
    Order.MONTH_FIRST: gettext_lazy("month first"),
}

_REASONS: Final[Mapping[str, Said]] = {
    r"no words": lambda _found: _("It says nothing"),
    r"no id": lambda _found: _("It has no number, where the others have"),
    r"the names of the columns again": lambda _found: _("It names the columns again"),
    r"its letters are neither UTF-8 nor Windows-1252": lambda _found: _(
        "Its letters are kept in a way that nobody here can read"
    ),
    r"wrong number of columns \(the file has (?P<n>\d+)\)": lambda found: (
        _("It has another number of columns than the file (%(n)s)") % found.groupdict()
    ),
    r"the answer is longer than (?P<n>[\d,]+) letters": lambda found: (
        _("What the person said is longer than %(n)s letters") % found.groupdict()
    ),
    r"the id is longer than (?P<n>\d+) letters": lambda found: (
        _("Its number is longer than %(n)s letters") % found.groupdict()
    ),
    r"(?P<field>[a-z_]+) is longer than (?P<n>\d+) letters": lambda found: (
        _("“%(field)s” is longer than %(n)s letters")
        % {"field": MEANINGS.get(found["field"], found["field"]), "n": found["n"]}
    ),
    r"a theme is longer than (?P<n>\d+) letters": lambda found: (
        _("A theme is longer than %(n)s letters") % found.groupdict()
    ),
    r"(?P<field>[a-z_]+) is no date between (?P<since>\S+) and (?P<until>\S+)": lambda found: (
        _("“%(field)s” is no date between %(since)s and %(until)s")
        % {**found.groupdict(), "field": MEANINGS.get(found["field"], found["field"])}
    ),
    r"sentiment is not 1 to 5, so it is left empty": lambda _found: _(
        "How it felt is not 1 to 5, so it is left empty"
    ),
    r"language is none that is known, so “(?P<code>\w+)”": lambda _found: _(
        "The language is none that is known, so the usual one is taken"
    ),
    r"“identifiable” is neither yes nor no, so yes to be safe": lambda _found: _(
        "Whether it names a person is neither yes nor no, so yes to be safe"
    ),
    r"the row is in Windows-1252 where others are in UTF-8": lambda _found: _(
        "Its letters are kept in the old Windows way, where other rows are in UTF-8"
    ),
    r"column (?P<column>[A-Z]+) has a formula that holds no value.*": lambda found: (
        _(
            "Column %(column)s has a formula that holds no value, read as empty. Open the "
            "workbook, let it calculate, save it and send it again to have the values."
        )
        % found.groupdict()
    ),
    r"column (?P<column>[A-Z]+) holds an error.*": lambda found: (
        _("Column %(column)s holds an error (such as #N/A), read as empty") % found.groupdict()
    ),
    r"a cell merged over several rows counts for each of them": lambda _found: _(
        "A cell merged over several rows counts for each of them"
    ),
}


def reason(told: str) -> str:
    """Return why a row is skipped, or what is to be told of it, in the language of the page."""
    for pattern, say in _REASONS.items():
        if found := re.fullmatch(pattern, told):
            return say(found)
    return told
