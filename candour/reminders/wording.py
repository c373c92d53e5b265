"""What a message about duties says: each case by its number, each duty by its name, and no more."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from candour.documents.notes import Block, Line, Lines, Note, NoteBodies, Say, note_bodies
from candour.engine.clock_words import write_day, write_moment
from candour.engine.london import local
from candour.engine.words import Language, Words
from candour.reminders.duties import Told
from candour.reminders.saying import Because, Digest, News, Stage, Time

MOST_LINES = 40  # of one heading; what is beyond is counted, and stands on the worklist

HEADINGS: Final[Mapping[tuple[Because, Stage], Words]] = {
    (Because.OWN, Stage.LATE): Words("Late", "Yn hwyr"),
    (Because.OWN, Stage.TODAY): Words("Due today", "Yn ddyledus heddiw"),
    (Because.OWN, Stage.SOON): Words("Due soon", "Yn ddyledus yn fuan"),
    (Because.LEFT, Stage.LATE): Words(
        "Late, and nobody holds the post", "Yn hwyr, a neb yn dal y swydd"
    ),
    (Because.LEFT, Stage.TODAY): Words(
        "Due today, and nobody holds the post", "Yn ddyledus heddiw, a neb yn dal y swydd"
    ),
    (Because.LEFT, Stage.SOON): Words(
        "Due soon, and nobody holds the post", "Yn ddyledus yn fuan, a neb yn dal y swydd"
    ),
    (Because.LED, Stage.LATE): Words(
        "Late from others, in cases that you lead",
        "Yn hwyr gan eraill, mewn achosion yr ydych yn eu harwain",
    ),
}
COUNTED: Final[Mapping[Stage, Words]] = {
    Stage.LATE: Words("{n} late", "{n} yn hwyr"),
    Stage.TODAY: Words("{n} due today", "{n} yn ddyledus heddiw"),
    Stage.SOON: Words("{n} due soon", "{n} yn ddyledus yn fuan"),
}
DUE = Words("due {when}", "yn ddyledus {when}")
FROM = Words("from: {who}", "gan: {who}")
TIMES = Words("{n} times", "{n} gwaith")
MORE = Words("and {n} more, on your worklist", "a {n} arall, ar eich rhestr waith")
STILL = Words(
    "Told of before and late still: {n}.", "Soniwyd amdanynt o’r blaen ac yn hwyr o hyd: {n}."
)
WORKLIST = Words("Your worklist", "Eich rhestr waith")
CHANGE = Words("Change when you are reminded", "Newid pryd y cewch eich atgoffa")


def message(
    digest: Digest, told: Mapping[Time, Told], language: Language, site: str
) -> tuple[str, NoteBodies]:
    """Return the subject and bodies of the message that says a digest.

    Args:
        digest: what to say.
        told: what there is to say of each time in it.
        language: the person's.
        site: the address of this site, without the slash at its end.
    """
    subject = _subject(digest, language)
    blocks: list[Block] = []
    ordered = sorted(digest.news, key=_place)
    for place, news in groupby(ordered, key=_place):
        heading = list(HEADINGS)[place]
        blocks.append(Say(HEADINGS[heading].text(language), "heading"))
        blocks.append(Lines(tuple(_lines(list(news), told, language, site))))
    if digest.still_late:
        blocks.append(Say(STILL.text(language).format(n=digest.still_late)))
    ways = ((WORKLIST, "/"), (CHANGE, "/settings/reminders/"))
    blocks.append(Lines(tuple(Line(w.text(language), f"{site}{way}") for w, way in ways)))
    return subject, note_bodies([Note(language, tuple(blocks))], title=subject)


def _subject(digest: Digest, language: Language) -> str:
    counts = {stage: sum(n.stage is stage for n in digest.news) for stage in COUNTED}
    said = [COUNTED[stage].text(language).format(n=n) for stage, n in counts.items() if n]
    return f"Candour: {', '.join(said)}"


def _place(news: News) -> int:
    return list(HEADINGS).index((news.owed.because, news.stage))


def _lines(
    news: Sequence[News], told: Mapping[Time, Told], language: Language, site: str
) -> Iterator[Line]:
    """Yield a line for each duty of a case, the earliest first; many times of one are one line."""
    found: dict[tuple[str, str], list[Told]] = {}
    for each in sorted(news, key=lambda one: one.owed.late_from):
        one = told[each.owed.time]
        found.setdefault((one.ref, one.duty), []).append(one)
    for place, times in enumerate(found.values()):
        if place == MOST_LINES:
            yield Line(MORE.text(language).format(n=len(found) - MOST_LINES))
            return
        yield _line(times, language, site)


def _line(times: Sequence[Told], language: Language, site: str) -> Line:
    first = times[0]
    beside = [DUE.text(language).format(when=_when(first, language))]
    if len(times) > 1:
        beside.append(TIMES.text(language).format(n=len(times)))
    if first.owed.because is not Because.OWN:
        beside.append(FROM.text(language).format(who=first.owner.text(language)))
    return Line(
        f"{first.ref}: {first.title.text(language)}",
        f"{site}/cases/{first.ref}/",
        ", ".join(beside),
    )


def _when(told: Told, language: Language) -> str:
    owed = told.owed
    if owed.due_at is not None:
        return write_moment(local(owed.due_at), language)
    return write_day(owed.due_on, language)
