"""Tells one person what is due from them: one message, and each thing once."""

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.conf import settings

from candour.database.row_security import acting_for
from candour.engine.calendars import SATURDAY, BeyondCalendar
from candour.engine.london import local
from candour.engine.words import Language
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, MailRefused, Outgoing
from candour.people.leavers import holding
from candour.people.models import Post, User
from candour.people.queries import posts_on, user_with_posts
from candour.policies.calendars import calendar
from candour.reminders.choices import Choices, How
from candour.reminders.duties import Told, concerning, told_before
from candour.reminders.looking import next_look
from candour.reminders.models import ReminderChoice, ReminderDigest, ReminderTold
from candour.reminders.saying import Digest, Time, horizon, may_say, what_to_say
from candour.reminders.wording import message

logger = logging.getLogger(__name__)

CALENDARS = {"england": "england", "wales": "wales", "uk": "uk-any"}


def remind(person: int, as_of: datetime) -> bool:
    """Tell a person what they were not told yet, if this is the hour; return whether they were.

    The message, what it told and when to look next are kept in one transaction, under a lock on
    what the person chose: any number of workers, and any number of tries, tell it once.
    """
    user = user_with_posts(person)
    if user is None:
        return False
    posts = posts_on(user, local(as_of).date()) if user.is_active else []
    with acting_for({post.body_id for post in posts}, person=person):
        chosen = _locked(user)
        if chosen.look_at is not None and chosen.look_at > as_of:
            return False
        return _look(user, posts, chosen, as_of)


def _look(user: User, posts: list[Post], chosen: ReminderChoice, as_of: datetime) -> bool:
    choices, today = choices_of(chosen), local(as_of).date()
    working = works_on(posts)
    said = ReminderDigest.objects.filter(person=user, day=today).count()
    told = False
    if posts and user.email and may_say(choices, working, said, as_of):
        told = _tell(user, posts, choices, said, as_of)
    chosen.look_at = next_look(choices, working, said + told, as_of)
    chosen.save(update_fields=["look_at"])
    return told


def _tell(user: User, posts: list[Post], choices: Choices, number: int, as_of: datetime) -> bool:
    held = holding({post.body_id for post in posts}, local(as_of).date())
    found = concerning(user.pk, posts, held, horizon(choices, as_of))
    digest = what_to_say(
        (told.owed for told in found.values()), choices, told_before(user.pk, found), as_of
    )
    if digest is None:
        return False
    try:
        sent = enqueue(_outgoing(user, posts, digest, found, number, as_of), as_of=as_of)
    except MailRefused as refused:
        logger.warning("Nobody can remind %s by mail: %s", user, refused)
        return False
    _note(user, digest, number, sent, as_of)
    return True


def _outgoing(
    user: User,
    posts: list[Post],
    digest: Digest,
    found: dict[Time, Told],
    number: int,
    as_of: datetime,
) -> Outgoing:
    language: Language = "cy" if user.language == "cy" else "en"
    subject, bodies = message(digest, found, language, settings.SITE_ADDRESS)
    return Outgoing(
        key=f"reminder/{user.pk}/{local(as_of).date().isoformat()}/{number}",
        body_id=posts[0].body_id,
        to=Addressee(user.name, user.email),
        subject=subject,
        text=bodies.text,
        html=bodies.html,
        language=language,
    )


def _note(user: User, digest: Digest, number: int, sent: int, as_of: datetime) -> None:
    row = ReminderDigest.objects.create(
        person=user, day=local(as_of).date(), number=number, said_at=as_of, message=sent
    )
    ReminderTold.objects.bulk_create(
        ReminderTold(
            person=user,
            case_id=news.owed.case_id,
            key=news.owed.key,
            late_from=news.owed.late_from,
            stage=news.stage,
            digest=row,
        )
        for news in digest.news
    )


def _locked(user: User) -> ReminderChoice:
    """Return what a person chose, the usual where they never did, locked until all is kept."""
    ReminderChoice.objects.bulk_create([ReminderChoice(person=user)], ignore_conflicts=True)
    return ReminderChoice.objects.select_for_update().get(person=user)


def choices_of(chosen: ReminderChoice) -> Choices:
    """Return what a row says that somebody chose."""
    return Choices(
        How(chosen.how),
        chosen.days_before,
        chosen.morning,
        chosen.quiet_from,
        chosen.quiet_until,
    )


def works_on(posts: Iterable[Post]) -> Callable[[date], bool]:
    """Return a function that says whether a day is a working day at any body of these posts."""
    nations = {post.body.nation for post in posts} or {"uk"}
    calendars = [calendar(CALENDARS[nation]) for nation in sorted(nations)]

    def is_working(day: date) -> bool:
        try:
            return any(known.is_working(day) for known in calendars)
        except BeyondCalendar:
            return day.weekday() < SATURDAY

    return is_working
