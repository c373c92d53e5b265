"""The last look before a letter leaves: to whom it goes, what it records, what that meets."""

from dataclasses import dataclass
from datetime import datetime

from candour.engine import Draft, Refusal, entered
from candour.letters.actions.confirming import bar_to_recipients
from candour.letters.entry import entry_draft
from candour.letters.recipients import Way
from candour.letters.work import Work
from candour.web.presenters.dues import due_words
from candour.web.presenters.letter_recipients import RecipientLine, recipient_lines
from candour.web.presenters.refusals import ReasonLine, reason_lines
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class SendingPage:
    """What stands on the page: recipients, the entry, the duties that it meets, what bars it."""

    subjects: tuple[tuple[str, str], ...]
    getting: tuple[RecipientLine, ...]
    left_out: tuple[RecipientLine, ...]
    records: str
    meets: tuple[str, ...]
    mailed: int
    posted: bool
    needs_second: bool
    bars: tuple[ReasonLine, ...]


def sending_page(work: Work, at: datetime, *, on_paper: bool) -> SendingPage:
    """Return the last look at a letter."""
    mailed = 0 if on_paper else sum(each.way is Way.MAIL for each in work.getting)
    languages = dict.fromkeys(each.language for each in work.getting)
    bar = bar_to_recipients(work, work.chosen)
    procedure = work.standing.procedure
    records = work.template.records
    return SendingPage(
        subjects=tuple((each, work.draft.texts[each]["subject"]) for each in languages),
        getting=recipient_lines(work, work.getting),
        left_out=recipient_lines(work, [each for each in work.chosen if each.left_out]),
        records=said(procedure.kind(records.kind).title) if records else "",
        meets=_meets(work, at),
        mailed=mailed,
        posted=on_paper or mailed < len(work.getting),
        needs_second=work.needs_second,
        bars=reason_lines(procedure, bar) if bar else (),
    )


def _meets(work: Work, at: datetime) -> tuple[str, ...]:
    """Return the duties that the entry would meet, found by entering it in thought."""
    proposed = entry_draft(work, (), seal="", delivery=Way.MAIL, at=at)
    draft = Draft(
        id=proposed.id,
        kind=proposed.kind,
        happened_at=proposed.happened_at,
        author="system",
        role="system",
        data=proposed.data,
        refers_to=proposed.refers_to,
        audience=proposed.audience,
    )
    outcome = entered(work.standing, draft, at)
    if isinstance(outcome, Refusal):
        return ()
    return tuple(
        f"{said(owed.title)} ({due_words(owed.due)})"
        for key, owed in outcome.duties.items()
        if owed.met_at is not None and proposed.id in owed.met_by and _was_owed(work, key)
    )


def _was_owed(work: Work, key: str) -> bool:
    before = work.standing.duties.get(key)
    return before is not None and before.is_open
