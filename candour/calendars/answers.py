"""Answers to invitations: out of the messages that came back, to be shown beside the invited."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from candour.calendars.models import CalendarAnswer, CalendarInvitation
from candour.calendars.replies import MOST_BYTES, Answer, NotAReply, read_reply
from candour.cases.models import Case
from candour.mail.queries import calendar_files


@dataclass(frozen=True, slots=True)
class Brought:
    """A calendar file that a message brought: which entry tells of it, and when it came."""

    entry: str
    came_at: datetime
    ics: bytes


def brought_to(case: Case) -> Iterator[Brought]:
    """Yield the calendar files of the messages that were filed in a case."""
    for part in calendar_files(case.pk):
        entry, content = part.message.entry_id, part.content
        if entry is not None and content is not None and part.size <= MOST_BYTES:
            yield Brought(str(entry), part.message.came_at, bytes(content.content))


def file_answers(case: Case, brought: Iterable[Brought]) -> int:
    """Keep the answers among these files, each once; return how many were new.

    One counts only if an invitation of its UID was sent to its address in this very case.
    """
    invited = {
        (row.uid, row.email): row.sitting
        for row in CalendarInvitation.objects.filter(case=case).only("uid", "email", "sitting")
    }
    found = [
        _row(case, answer, file, invited[answer.uid, answer.email])
        for file, answer in _answers(brought)
        if (answer.uid, answer.email) in invited
    ]
    before = CalendarAnswer.objects.filter(case=case).count()
    CalendarAnswer.objects.bulk_create(found, ignore_conflicts=True)
    return CalendarAnswer.objects.filter(case=case).count() - before


def _answers(brought: Iterable[Brought]) -> Iterator[tuple[Brought, Answer]]:
    for file in brought:
        try:
            yield file, read_reply(file.ics)
        except NotAReply:
            continue  # it stands in the case as the message that it came in


def _row(case: Case, answer: Answer, file: Brought, sitting: UUID) -> CalendarAnswer:
    return CalendarAnswer(
        case=case,
        sitting=sitting,
        uid=answer.uid,
        email=answer.email,
        reply=str(answer.reply),
        sequence=answer.sequence,
        said_at=answer.said_at or file.came_at,
        comment=answer.comment,
        source=UUID(file.entry),
    )
