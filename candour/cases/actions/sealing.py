"""Rating under seal: sealing one's own, opening a round, and showing what was sealed.

Opening and showing are two transactions, in this order: the database lets nobody read another's
rating before the entry that opens the round is committed, so that no look is ever without its trace
in the log. `show_ratings` runs by itself once the opening is kept; where it could not, it is asked
again from the page, and does nothing twice.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction

from candour.bodies.models import Body
from candour.cases.actions.drafts import by_actor, named_id
from candour.cases.actions.recording import enter
from candour.cases.actions.results import Recorded, Stale, faulty, refused
from candour.cases.log import head_of
from candour.cases.standings import standing_at
from candour.database.row_security import acting_for
from candour.engine import SYSTEM, Draft, Entry, Refusal, Standing
from candour.engine.rated import is_open, round_named, sealed_in
from candour.engine.sealing import SALT, commitment, envelope
from candour.engine.vocabulary.ratings import OPENED, RATED, SEALED
from candour.people.actor import Actor

PUT = "INSERT INTO sealed_rating (entry_id, envelope) VALUES (%s, %s)"
READ = "SELECT entry_id::text, envelope FROM sealed_rating WHERE round_id = %s ORDER BY seq"
MINE = """
    SELECT entry_id::text, envelope FROM sealed_rating
    WHERE round_id = %s AND author_id = %s ORDER BY seq
"""
EVERYBODY = "Everybody who was called on has rated."


@dataclass(frozen=True, slots=True)
class Showing:
    """What came of showing opened ratings: how many were, and what was refused."""

    shown: int
    refusals: tuple[Refusal, ...] = ()


def seal_rating(
    *, case_id: int, actor: Actor, draft: Draft, expected_seq: int | None, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Seal an agency's own rating in the round that the draft refers to.

    The log gets the entry `rating_sealed`; what was rated goes where only its author reads it.
    Sealing again for the same agency replaces what the person sealed before; for another agency
    it is refused, so that nobody opens a round alone. When everybody called on has rated, the
    system opens the round.

    Args:
        case_id: the case.
        actor: who rates; only they may read it until the round is opened.
        draft: the rating as an entry `risk_rated` would have it, referring to the call.
        expected_seq: where the log ended when the person last read it, or None not to ask.
        as_of: the present instant.

    Returns:
        As `record` does, of the entry `rating_sealed`.
    """
    made = by_actor(draft, actor)
    if isinstance(made, Refusal):
        return made
    standing = standing_at(head_of(case_id, lock=True))
    repeated = standing.entry(made.id) is not None
    bar = None if repeated else _bar(standing, made)
    if bar is not None:
        return bar
    salt = secrets.token_hex(32)
    written = envelope(made.id, made.author, made.data, salt)
    outcome = enter(
        case_id=case_id,
        actor=actor,
        draft=_sealed(made, commitment(written)),
        expected_seq=expected_seq,
        as_of=as_of,
    )
    if isinstance(outcome, Recorded) and not outcome.repeated:
        with connection.cursor() as cursor:
            cursor.execute(PUT, [made.id, written])
        _open_when_all_have(case_id, actor.body, made.refers_to[0], as_of)
    return outcome


def _sealed(draft: Draft, seal: str) -> Draft:
    return Draft(
        id=draft.id,
        kind=SEALED,
        happened_at=draft.happened_at,
        author=draft.author,
        role=draft.role,
        data={"agency": draft.data.get("agency"), "commitment": seal},
        refers_to=draft.refers_to,
    )


def _bar(standing: Standing, draft: Draft) -> Refusal | None:
    """Return why this rating may not be sealed in its round, or None."""
    problems = standing.procedure.kind(RATED).problems(draft.data)
    if problems:
        return Refusal(problems=tuple(problems))
    called = round_named(standing, draft.refers_to)
    if called is None or not is_open(standing, called):
        return faulty("refers_to", "This round of ratings is over. Rate in the next one.")
    agency, agencies = draft.data["agency"], called.data["agencies"]
    if agency not in agencies:
        return faulty("agency", f"Called on to rate: {', '.join(agencies)}.")
    sealed = sealed_in(standing, called)
    earlier = sealed.get(agency)
    if earlier is not None and earlier.author != draft.author:
        return faulty("agency", f"Somebody else has rated for {agency}; only they replace it.")
    own = next((name for name, e in sealed.items() if e.author == draft.author), agency)
    if own != agency:
        return _for_one_agency(own, str(agency))
    return faulty(SALT, "The system makes the salt.") if draft.data.get(SALT) else None


def _for_one_agency(own: str, wanted: str) -> Refusal:
    """Refuse a second agency: who seals for all of them opens the round alone."""
    return refused(
        f"You sealed a rating for {own} in this round, and a person rates for one agency only. "
        f"Replace your rating for {own} if it has changed, and ask somebody who works for "
        f"{wanted} to rate for it. Where nobody can, the chair opens the round without it.",
        f"Fe wnaethoch selio sgôr dros {own} yn y rownd hon, a thros un asiantaeth yn unig y mae "
        f"person yn sgorio. Newidiwch eich sgôr dros {own} os yw wedi newid, a gofynnwch i "
        f"rywun sy’n gweithio i {wanted} sgorio drosti. Lle na all neb, mae’r cadeirydd yn agor "
        "y rownd hebddi.",
    )


def open_ratings(
    *, case_id: int, actor: Actor, draft: Draft, expected_seq: int | None, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Open a round before everybody has rated, as whoever chairs may, with the reason in the draft.

    Returns:
        As `record` does, of the entry `ratings_opened`; what was sealed is shown once it is kept.
    """
    made = by_actor(draft, actor)
    if isinstance(made, Refusal):
        return made
    standing = standing_at(head_of(case_id, lock=True))
    called = round_named(standing, made.refers_to)
    if standing.entry(made.id) is None and (called is None or not is_open(standing, called)):
        return faulty("refers_to", "This round of ratings is over already.")
    outcome = enter(
        case_id=case_id, actor=actor, draft=made, expected_seq=expected_seq, as_of=as_of
    )
    if isinstance(outcome, Recorded):
        _show_once_kept(case_id, actor.body, as_of)
    return outcome


def _open_when_all_have(case_id: int, body: Body, round_id: str, as_of: datetime) -> None:
    standing = standing_at(head_of(case_id))
    called = standing.entry(round_id)
    if called is None or set(called.data["agencies"]) - set(sealed_in(standing, called)):
        return
    opening = _by_system(named_id(round_id, OPENED), OPENED, as_of, {"reason": EVERYBODY}, round_id)
    enter(
        case_id=case_id,
        actor=Actor.system(body),
        draft=opening,
        expected_seq=None,
        as_of=as_of,
    )
    _show_once_kept(case_id, body, as_of)


def _show_once_kept(case_id: int, body: Body, as_of: datetime) -> None:
    """Show what was sealed in a transaction of its own, right after this one is committed."""
    shown = partial(_show_for, case_id, body, as_of)
    transaction.on_commit(shown, robust=True)


def _show_for(case_id: int, body: Body, as_of: datetime) -> None:
    with acting_for([body.pk]):
        show_ratings(case_id=case_id, body=body, as_of=as_of)


def show_ratings(*, case_id: int, body: Body, as_of: datetime) -> Showing:
    """Record, as the system, each rating of opened rounds that is not shown yet, with its salt.

    Doing it twice adds nothing.

    Returns:
        How many were shown now, and why others could not be.
    """
    head = head_of(case_id)
    standing = standing_at(head)
    shown, refusals = 0, list[Refusal]()
    for opening in standing.by_kind.get(OPENED, ()):
        for draft in list(_unshown(standing, opening)):
            done = enter(
                case_id=case_id,
                actor=Actor.system(body),
                draft=draft,
                expected_seq=None,
                as_of=max(as_of, opening.happened_at),
            )
            shown += isinstance(done, Recorded) and not done.repeated
            if isinstance(done, Refusal):
                refusals.append(done)
    return Showing(shown, tuple(refusals))


def _unshown(standing: Standing, opening: Entry) -> Iterator[Draft]:
    called = round_named(standing, opening.refers_to)
    if called is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(READ, [called.id])
        found = cursor.fetchall()
    for entry_id, written in found:
        draft_id = named_id(entry_id, RATED)
        if standing.entry(draft_id) is None:
            inside: dict[str, Any] = json.loads(written)
            data = {**inside["data"], SALT: inside[SALT]}
            yield _by_system(draft_id, RATED, opening.happened_at, data, entry_id)


def _by_system(
    draft_id: str, kind: str, at: datetime, data: Mapping[str, Any], about: str
) -> Draft:
    return Draft(
        id=draft_id,
        kind=kind,
        happened_at=at,
        author=SYSTEM,
        role=SYSTEM,
        data=data,
        refers_to=(about,),
    )


def own_ratings(round_id: str, user_id: int) -> dict[str, dict[str, Any]]:
    """Return what the person who acts last sealed in a round, by agency; one query.

    Row security gives the author their own, and nobody else's until the round is opened.
    """
    with connection.cursor() as cursor:
        cursor.execute(MINE, [round_id, user_id])
        found = [json.loads(written)["data"] for _, written in cursor.fetchall()]
    return {str(data["agency"]): data for data in found}
