"""The worklist in words: lines by group, counts, and what the procedures suggest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.http import urlencode

from candour.cases.queries import Counts, DueItem, Group, Scope, SuggestedItem, WorklistPage
from candour.cases.queries.worklist import MOST_COUNTED
from candour.people.leavers import Holding
from candour.people.models import Post
from candour.web.presenters.addresses import case_page
from candour.web.presenters.shipped import role_name
from candour.web.presenters.work_lines import Alike, WorkLine, in_language, work_lines
from candour.web.spoken import told as _

LOOKS = {
    Group.LATE: "late",
    Group.TODAY: "today",
    Group.THIS_WEEK: "week",
    Group.LATER: "later",
    Group.PAUSED: "paused",
}


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """The lines of one group."""

    title: str
    look: str
    lines: tuple[WorkLine, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to look at the list: its words, how many, and where it is."""

    words: str
    number: str
    address: str
    current: bool
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """Something that a procedure puts forward in a case."""

    title: str
    ref: str
    case: str
    address: str
    who: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything that the worklist says."""

    tabs: tuple[Tab, ...]
    counts: tuple[Tab, ...]
    groups: tuple[WorkGroup, ...]
    suggestions: tuple[SuggestionLine, ...]
    following: str
    mine: bool
    narrowed: bool
    has_posts: bool
    owed_elsewhere: bool


def worklist_page(
    found: WorklistPage,
    *,
    alike: Alike,
    scope: Scope,
    group: Group | None,
    moment: datetime,
    posts: Iterable[Post],
    held: Holding,
) -> Worklist:
    """Return a page of the worklist as it reads at a moment.

    `alike` says how many times are open of each duty that stands as one line, `held` who holds
    which post.
    """
    return Worklist(
        tabs=tuple(_tabs(found, scope)),
        counts=tuple(_counts(found.counts[scope], scope, group)),
        groups=tuple(work_groups(found.items, alike, moment, held)),
        suggestions=tuple(_suggestion(item) for item in found.suggestions),
        following=_address(scope, group, found.next) if found.next else "",
        mine=scope is Scope.MINE,
        narrowed=group is not None,
        has_posts=any(True for _post in posts),
        owed_elsewhere=found.counts[Scope.BODY].total > 0,
    )


def group_title(group: Group) -> str:
    """Return the heading of a group."""
    return {
        Group.LATE: _("Late"),
        Group.TODAY: _("Today"),
        Group.THIS_WEEK: _("This week"),
        Group.LATER: _("Later"),
        Group.PAUSED: _("Paused"),
    }[group]


def _address(scope: Scope, group: Group | None = None, after: str = "") -> str:
    parts = {
        "whose": scope.value if scope is Scope.BODY else "",
        "when": group.value if group else "",
        "after": after,
    }
    query = urlencode({name: value for name, value in parts.items() if value})
    return reverse("worklist") + (f"?{query}" if query else "")


def counted(number: int) -> str:
    """Return a count in figures; beyond what is counted it says “and more”."""
    return f"{number:,}+" if number >= MOST_COUNTED else str(number)


def _tabs(found: WorklistPage, scope: Scope) -> Iterator[Tab]:
    for which, words in ((Scope.MINE, _("Mine")), (Scope.BODY, _("My organisation’s"))):
        number = counted(found.counts[which].total)
        yield Tab(words, number, _address(which), which is scope)


def _counts(counts: Counts, scope: Scope, group: Group | None) -> Iterator[Tab]:
    for which in Group:
        number = getattr(counts, which.value)
        if which is Group.PAUSED and not number:
            continue
        # Pressed again, the chosen one shows everything.
        target = _address(scope, None if which is group else which)
        yield Tab(group_title(which), counted(number), target, which is group, LOOKS[which])


def work_groups(
    items: Iterable[DueItem], alike: Alike, moment: datetime, held: Holding
) -> Iterator[WorkGroup]:
    """Yield the lines of each group; `alike` and `held` as for `worklist_page`."""
    for group, those in groupby(items, key=lambda item: item.group):
        lines = tuple(work_lines(tuple(those), alike, moment, held))
        yield WorkGroup(group_title(group), LOOKS[group], lines)


def _suggestion(item: SuggestedItem) -> SuggestionLine:
    return SuggestionLine(
        title=in_language(item.title, item.title_cy),
        ref=item.ref,
        case=item.case_title,
        address=case_page(item.ref, "next"),
        who=role_name(item.procedure, item.to_role) if item.to_role else "",
    )
