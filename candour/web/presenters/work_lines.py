"""The lines of a worklist: many times of one duty in one case as one line, with each of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, takewhile

from django.utils.translation import ngettext

from candour.cases.queries import DueItem
from candour.engine.clocks import Due
from candour.people.leavers import Holding
from candour.web.presenters.addresses import case_page, due_date_page
from candour.web.presenters.due_groups import MANY, times_words
from candour.web.presenters.dues import due_words, relative
from candour.web.presenters.shipped import is_staff, role_name, step_name
from candour.web.spoken import spoken

Alike = Mapping[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class WorkTime:
    """One of many times of a duty: what it is about, when, and the page that says why then."""

    what: str
    when: str
    why_page: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One thing owed: what, in which case, by when, by whom.

    Of many times of one duty, `when` is the earliest, `number` says how many stand here, `more`
    how many there are in the case besides, and `times` are those that stand here. `unheld`: nobody
    holds the post that owes it.
    """

    what: str
    ref: str
    case: str
    service: str
    step: str
    address: str
    when: str
    relative: str
    who: str
    unheld: bool = False
    number: str = ""
    more: str = ""
    times: tuple[WorkTime, ...] = ()


def many_alike(items: Iterable[DueItem]) -> list[tuple[int, str]]:
    """Return the case and duty of what stands as one line in some group of a page."""
    numbers = Counter((item.group, *_which(item)) for item in items)
    return [(case, duty) for (_, case, duty), number in numbers.items() if number >= MANY]


def work_lines(
    items: Sequence[DueItem], alike: Alike, moment: datetime, held: Holding
) -> Iterator[WorkLine]:
    """Yield the lines of one group, soonest first.

    Args:
        items: what is owed, soonest first.
        alike: how many times are open of each duty that stands as one line.
        moment: when it is read.
        held: who holds which post.
    """
    many = set(many_alike(items))
    together = {
        which: tuple(held) for which, held in groupby(sorted(items, key=_which), key=_which)
    }
    named = _Named()
    for item in items:
        which = _which(item)
        if which not in many:
            yield _line(item, moment, held, named)
        elif item is together[which][0]:
            yield _lines_as_one(together[which], alike[which], moment, held, named)


def _which(item: DueItem) -> tuple[int, str]:
    return item.case_id, item.duty_id


def _lines_as_one(
    items: Sequence[DueItem], in_case: int, moment: datetime, held: Holding, named: "_Named"
) -> WorkLine:
    titles = [in_language(item.title, item.title_cy) for item in items]
    what = in_common(titles)
    more = in_case - len(items)
    return replace(
        _line(items[0], moment, held, named),
        what=what,
        number=times_words(len(items)),
        more=_more_words(more) if more > 0 else "",
        times=tuple(
            WorkTime(
                title.removeprefix(f"{what}: "),
                due_words(_due(item)),
                due_date_page(item.ref, item.key),
            )
            for title, item in zip(titles, items, strict=True)
        ),
    )


def in_common(titles: Sequence[str]) -> str:
    """Return the title of a duty from those of its times, each “title: what it is about”."""
    pieces = zip(*(title.split(": ") for title in titles), strict=False)
    same = takewhile(lambda at: len(set(at)) == 1, pieces)
    return ": ".join(at[0] for at in same) or titles[0]


def _more_words(number: int) -> str:
    words = ngettext(
        "%(n)s more of the same in this case", "%(n)s more of the same in this case", number
    )
    return words % {"n": number}


def _due(item: DueItem) -> Due:
    return Due(item.due_on, item.due_at, item.late_from)


class _Named(dict[tuple[str, str, str], tuple[str, str, bool]]):
    """The step, the role and whether it is of staff, each found once: most lines share a few."""

    def __missing__(self, key: tuple[str, str, str]) -> tuple[str, str, bool]:
        procedure, step, role = key
        found = step_name(procedure, step), role_name(procedure, role), is_staff(procedure, role)
        self[key] = found
        return found


def _line(item: DueItem, moment: datetime, held: Holding, named: _Named) -> WorkLine:
    due = _due(item)
    step, who, staff = named[item.procedure, item.step, item.owner_role]
    return WorkLine(
        what=in_language(item.title, item.title_cy),
        ref=item.ref,
        case=item.case_title,
        service=item.service if item.service != item.case_title else "",
        step=step,
        address=case_page(item.ref, "due"),
        when=due_words(due),
        relative=relative(due, moment),
        who=who,
        unheld=staff and not held.is_held(item.body_id, item.owner_role),
    )


def in_language(en: str, cy: str) -> str:
    """Return the Welsh words on a Welsh page where there are any, else the English."""
    return cy if spoken() == "cy" and cy else en
