"""Who gets a letter, decided by a person; and a second person's yes where the body wants one."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from candour.cases.actions.results import faulty, refused
from candour.engine import Refusal
from candour.engine.conditions import Reason
from candour.engine.fields import LONGEST_LINE, Problem
from candour.letters.actions.barring import barred
from candour.letters.actions.results import Kept, Overtaken
from candour.letters.allowing import bars
from candour.letters.recipients import Chosen, Way, settled
from candour.letters.texts import LANGUAGES
from candour.letters.work import Work, taken_up
from candour.mail.outgoing import is_address
from candour.people.actor import Actor

SHORTEST_REASON = 5  # characters; a reason has to say something
MOST_RECIPIENTS = 200


def confirm_recipients(
    *, draft_id: str, actor: Actor, chosen: Sequence[Chosen], revision: int, as_of: datetime
) -> Kept | Overtaken | Refusal:
    """Keep who gets a letter, as a person decided it line by line.

    Everybody whom the rule names is decided on; leaving one out, and adding somebody outside the
    rule, need a reason.

    Raises:
        NoSuchDraft: there is none that the bodies acted for have.
    """
    with transaction.atomic():
        work = taken_up(draft_id, as_of, lock=True)
        chosen = settled(chosen, work.proposed)
        outcome = (
            barred(work, actor, revision)
            or _faults(work, chosen)
            or bar_to_recipients(work, chosen)
        )
        if outcome is not None:
            return outcome
        draft = work.draft
        draft.recipients = [each.as_json() for each in chosen]
        draft.declined_by, draft.declined_why = None, ""
        draft.confirmed_by, draft.confirmed_at = actor.user, as_of
        draft.asked_by = draft.approved_by = None
        draft.asked_at = draft.approved_at = None
        return _kept(work, actor, as_of)


def bar_to_recipients(work: Work, chosen: Sequence[Chosen]) -> Refusal | None:
    """Return why some of them may never get this letter, or None."""
    found = bars(
        chosen,
        work.template.audience,
        work.directory,
        standing=work.standing,
        used=work.used,
        at=work.as_of,
    )
    clauses = work.template.clauses
    return Refusal(reasons=tuple(Reason(bar.words, clauses) for bar in found)) if found else None


def _faults(work: Work, chosen: Sequence[Chosen]) -> Refusal | None:
    found = [*_missing(work, chosen), *(fault for each in chosen for fault in _in_line(each))]
    if not any(not each.left_out for each in chosen):
        found.append(Problem("recipients", "Nobody gets the letter. Tick at least one recipient."))
    if len({each.key for each in chosen}) < len(chosen):
        found.append(Problem("recipients", "Two recipients were sent as one. Add them anew."))
    if len(chosen) > MOST_RECIPIENTS:
        found.append(Problem("recipients", f"There are more than {MOST_RECIPIENTS} recipients."))
    return Refusal(problems=tuple(found)) if found else None


def _missing(work: Work, chosen: Sequence[Chosen]) -> Iterator[Problem]:
    decided = {each.key for each in chosen}
    for line in work.proposed:
        if line.key not in decided:
            name = line.name or line.body or line.role
            yield Problem("recipients", f"Decide on {name}: the rule says that they get it.")


def _in_line(each: Chosen) -> Iterator[Problem]:
    called = each.called or "a recipient"
    given = len(each.reason.strip()) >= SHORTEST_REASON
    if each.left_out:
        if not given:
            yield Problem(f"reason-{each.key}", f"Say why {called} does not get the letter.")
        return
    if each.outside and not given:
        yield Problem(
            f"reason-{each.key}",
            f"Say why {called} gets the letter there: the rule does not lead to that address.",
        )
    if not (each.name.strip() or each.body.strip() or each.role.strip()):
        yield Problem(f"name-{each.key}", "Say who it is: a name, a role or a body.")
    if each.way is Way.MAIL and not is_address(each.email):
        yield Problem(
            f"email-{each.key}",
            f"{called} has no email address that works. Type one, or send theirs by post.",
        )
    if each.language not in LANGUAGES:
        yield Problem(f"language-{each.key}", "Choose English or Welsh.")
    texts = (each.name, each.role, each.body, each.email, each.reason)
    if any(len(text) > LONGEST_LINE or not text.isprintable() for text in texts):
        yield Problem(f"name-{each.key}", f"Each part of {called} is one line, and not too long.")


def ask_second(
    *, draft_id: str, actor: Actor, why: str, revision: int, as_of: datetime
) -> Kept | Overtaken | Refusal:
    """Ask for a second person's yes to recipients whom no rule names.

    Raises:
        NoSuchDraft: there is none that the bodies acted for have.
    """
    with transaction.atomic():
        work = taken_up(draft_id, as_of, lock=True)
        outcome = barred(work, actor, revision)
        if outcome is not None:
            return outcome
        if not work.needs_second:
            return faulty("why", "This letter needs no second person: it can be sent.")
        draft = work.draft
        draft.asked_by, draft.asked_at, draft.asked_why = actor.user, as_of, why.strip()
        return _kept(work, actor, as_of)


def approve_second(
    *, draft_id: str, actor: Actor, revision: int, as_of: datetime
) -> Kept | Overtaken | Refusal:
    """Say yes, as a second person, to the recipients of a letter.

    Raises:
        NoSuchDraft: there is none that the bodies acted for have.
    """
    with transaction.atomic():
        work = taken_up(draft_id, as_of, lock=True)
        outcome = barred(work, actor, revision) or _bar_to_second(work, actor)
        if outcome is not None:
            return outcome
        work.draft.approved_by, work.draft.approved_at = actor.user, as_of
        return _kept(work, actor, as_of, edits=False)


def decline_second(
    *, draft_id: str, actor: Actor, why: str, revision: int, as_of: datetime
) -> Kept | Overtaken | Refusal:
    """Say no, as a second person, and why: the recipients have to be decided on again.

    Raises:
        NoSuchDraft: there is none that the bodies acted for have.
    """
    with transaction.atomic():
        work = taken_up(draft_id, as_of, lock=True)
        outcome = barred(work, actor, revision) or _bar_to_second(work, actor)
        if outcome is None and len(why.strip()) < SHORTEST_REASON:
            outcome = faulty("why", "Say why not, so that they know what to change.")
        if outcome is not None:
            return outcome
        draft = work.draft
        draft.asked_by = draft.asked_at = None
        draft.confirmed_by = draft.confirmed_at = None
        draft.declined_by, draft.declined_why = actor.user, why.strip()
        return _kept(work, actor, as_of)


def _bar_to_second(work: Work, actor: Actor) -> Refusal | None:
    draft = work.draft
    if draft.asked_by_id is None:
        return refused(
            "Nobody has asked for a second person’s yes to this letter, or it was changed since.",
            "Nid oes neb wedi gofyn am gydsyniad ail berson i’r llythyr hwn, neu fe’i newidiwyd.",
        )
    if actor.user_id in (draft.asked_by_id, draft.confirmed_by_id):
        return refused(
            "The second person cannot be the one who chose the recipients or asked. Ask a "
            "colleague.",
            "Ni all yr ail berson fod yr un a ddewisodd y derbynwyr nac a ofynnodd. Gofynnwch i "
            "gydweithiwr.",
        )
    return None


def _kept(work: Work, actor: Actor, as_of: datetime, *, edits: bool = True) -> Kept:
    assert actor.user is not None  # noqa: S101  # `barred` lets nobody else through
    draft = work.draft
    if edits:
        draft.edited_by, draft.edited_at = actor.user, as_of
    draft.revision += 1
    draft.save()
    return Kept(draft)
