"""Who changed what in the directory, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candour.bodies.models import DirectoryChange
from candour.web import dates

SORTS = {
    "contact": gettext_lazy("Desk"),
    "bodyfunction": gettext_lazy("What it does"),
    "succession": gettext_lazy("Handing on"),
    "closure": gettext_lazy("Days of closure"),
    "servicearea": gettext_lazy("Area of a service"),
    "areawithin": gettext_lazy("Where an area lies"),
    "groupmember": gettext_lazy("Group"),
}
COLUMNS = {
    "name": gettext_lazy("name"),
    "name_cy": gettext_lazy("name in Welsh"),
    "phone": gettext_lazy("telephone"),
    "email": gettext_lazy("email"),
    "hours": gettext_lazy("hours"),
    "role": gettext_lazy("what it is for"),
    "from_date": gettext_lazy("first day"),
    "to_date": gettext_lazy("last day"),
    "people": gettext_lazy("for whom"),
    "place": gettext_lazy("area"),
    "function": gettext_lazy("function"),
    "contact": gettext_lazy("desk"),
    "taken_over_by": gettext_lazy("who takes over"),
    "reason": gettext_lazy("reason"),
    "successor": gettext_lazy("who came after"),
    "on": gettext_lazy("from"),
    "service": gettext_lazy("service"),
    "group": gettext_lazy("group"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One change: what, when, by whom, why, and what became of which column."""

    what: str
    when: str
    who: str
    reason: str
    columns: tuple[str, ...]


def changed(change: DirectoryChange) -> Changed:
    """Return a change in words."""
    return Changed(
        what=str(SORTS.get(change.what, change.what)),
        when=dates.moment(change.at),
        who=change.by_name,
        reason=change.reason,
        columns=tuple(_columns(change)),
    )


def _columns(change: DirectoryChange) -> list[str]:
    if not change.after:
        return [_("Taken back")]
    names = [name for name in COLUMNS if change.before.get(name) != change.after.get(name)]
    return [
        _("%(column)s: %(before)s → %(after)s")
        % {
            "column": COLUMNS[name],
            "before": change.before.get(name, "–"),
            "after": change.after.get(name, "–"),
        }
        if change.before
        else _("%(column)s: %(after)s") % {"column": COLUMNS[name], "after": change.after[name]}
        for name in names
    ]
