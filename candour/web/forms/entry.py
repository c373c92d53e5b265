"""The form of one entry: the fields of its kind, when it happened, in which post, and about what.

Names of what every entry has begin with “entry-”, which no field's name can: fields are words
joined by underscores.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from candour.bodies.models import Body
from candour.engine import Draft, Entry, Refusal, Standing
from candour.engine.fields import Field
from candour.engine.kinds import Kind
from candour.engine.london import local, start_of
from candour.people.models import Post
from candour.web.forms import reading
from candour.web.forms.controls import (
    YES,
    Choice,
    Control,
    Typed,
    boxes,
    control,
    first,
    typed_parts,
)
from candour.web.forms.days import UnreadableError, moment_parts, read_moment
from candour.web.presenters.naming import entry_name
from candour.web.spoken import said, spoken

WHEN, POST, ABOUT, NOTE = "entry-when", "entry-post", "entry-about", "entry-note"
GO_AHEAD, RATIONALE = "entry-go-ahead", "entry-rationale"
KEY, SEQ = "key", "seq"
MOST_REFERENCES = 20
_ENGINE_NAMES = {"happened_at": WHEN, "role": POST, "refers_to": ABOUT}


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the error summary: its words, and the field that it leads to (or none)."""

    words: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be recorded: in which standing, of which kind, by the holder of which posts.

    `fixed` are values that the page has settled (the move, the step); `about` the entries that may
    be referred to, newest first.
    """

    standing: Standing
    kind: Kind
    posts: tuple[Post, ...]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    about: tuple[Entry, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that a person fills in."""
        return tuple(
            known
            for known in self.kind.fields
            if known.name not in self.fixed and not known.by_system
        )


@dataclass(frozen=True, slots=True)
class EntryForm:
    """A form ready to be shown: controls in order, and what was wrong with what was typed."""

    controls: tuple[Control, ...]
    when: Control
    post: Control | None
    about: Control | None
    note: Control
    go_ahead: bool
    rationale: Control
    faults: tuple[Fault, ...] = ()


def blank_form(subject: Subject, as_of: datetime, prefilled: Typed | None = None) -> EntryForm:
    """Return the form as it is opened: now, in the person's first post, prefilled where known."""
    typed = {**boxes(WHEN, moment_parts(as_of)), **(prefilled or {})}
    if subject.posts and POST not in typed:
        typed[POST] = [str(subject.posts[0].pk)]
    return shown_form(subject, typed, {})


def shown_form(subject: Subject, typed: Typed, faults: Mapping[str, str]) -> EntryForm:
    """Return the form with what was typed, right or wrong, and what is wrong with it."""
    return EntryForm(
        controls=tuple(
            control(known, typed, faults.get(known.name, ""), subject.fields)
            for known in subject.fields
        ),
        when=when_control(typed, faults.get(WHEN, "")),
        post=post_control(subject, typed, faults.get(POST, "")),
        about=_about(subject, typed, faults.get(ABOUT, "")),
        note=_text(NOTE, _("Anything else worth keeping (optional)"), typed),
        go_ahead=first(typed, GO_AHEAD) == YES,
        rationale=_text(
            RATIONALE, _("Why it is right to go ahead"), typed, faults.get(RATIONALE, "")
        ),
        faults=tuple(Fault(words, name) for name, words in faults.items()),
    )


def when_control(typed: Typed, error: str, label: str = "") -> Control:
    """Return the boxes for when something happened."""
    return Control(
        name=WHEN,
        shape="moment",
        label=label or _("When it happened"),
        hint=_("Change this if you are writing it down later. London time"),
        parts=typed_parts(typed, WHEN),
        error=error,
    )


def post_control(subject: Subject, typed: Typed, error: str) -> Control | None:
    """Return the choice of the post to act in; None where there is only one."""
    if len(subject.posts) < 2:
        return None
    return Control(
        name=POST,
        shape="radios",
        label=_("Which post are you acting in?"),
        choices=tuple(
            Choice(str(post.pk), post_name(subject.standing, post)) for post in subject.posts
        ),
        value=first(typed, POST),
        error=error,
    )


def post_name(standing: Standing, post: Post) -> str:
    """Return a post by the procedure's word for its role, and its body."""
    role = standing.procedure.roles.get(post.role)
    title = said(role.title) if role else post.title or post.role
    body: Body = post.body
    return f"{title}, {body.name_in(spoken())}"


def _about(subject: Subject, typed: Typed, error: str) -> Control | None:
    if not subject.about:
        return None
    return Control(
        name=ABOUT,
        shape="checkboxes",
        label=_("Which of these is it about?")
        if subject.kind.must_refer
        else _("Which of these is it about? (optional)"),
        choices=tuple(
            Choice(entry.id, entry_name(subject.standing, entry))
            for entry in subject.about[:MOST_REFERENCES]
        ),
        values=tuple(typed.get(ABOUT, ())),
        error=error,
    )


def _text(name: str, label: str, typed: Typed, error: str = "") -> Control:
    return Control(name=name, shape="text", label=label, value=first(typed, name), error=error)


# -- what was sent -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, ready to be proposed, and the post it is recorded in."""

    draft: Draft
    post: Post


def sent(subject: Subject, typed: Typed) -> Sent | dict[str, str]:
    """Return the draft that was typed, or what is wrong under each field's name."""
    read = reading.read(subject.fields, typed)
    faults = dict(read.faults)
    when = read_when(typed, faults)
    post = post_of(subject, typed)
    if post is None:
        faults[POST] = _("Choose the post you are acting in")
    if when is None or post is None or faults:
        return faults
    draft = Draft(
        id=first(typed, KEY),
        kind=subject.kind.name,
        happened_at=placed(when, subject.standing),
        author="",  # the verb that records it says who it is
        role=post.role,
        data={**subject.fixed, **read.data},
        refers_to=referred(subject, typed),
        body=reading.words(first(typed, NOTE)),
        override=rationale(typed),
    )
    return Sent(draft, post)


def rationale(typed: Typed) -> str:
    """Return the written rationale for going ahead, where the person said that they do."""
    return reading.words(first(typed, RATIONALE)) if first(typed, GO_AHEAD) == YES else ""


def read_when(typed: Typed, faults: dict[str, str]) -> datetime | None:
    """Return when it happened; what is wrong with it is added to `faults`."""
    try:
        when = read_moment(typed_parts(typed, WHEN))
    except UnreadableError as error:
        faults[WHEN] = f"{_('When it happened')}: {error}"
        return None
    if when is None:
        faults[WHEN] = _("When it happened: fill this in")
    return when


def post_of(subject: Subject, typed: Typed) -> Post | None:
    """Return the post chosen, or the only one there is."""
    if len(subject.posts) == 1:
        return subject.posts[0]
    chosen = first(typed, POST)
    return next((post for post in subject.posts if str(post.pk) == chosen), None)


def referred(subject: Subject, typed: Typed) -> tuple[str, ...]:
    """Return the entries referred to, of those that may be."""
    known = {entry.id for entry in subject.about}
    return tuple(dict.fromkeys(ref for ref in typed.get(ABOUT, ()) if ref in known))


def placed(typed: datetime, standing: Standing) -> datetime:
    """Return the instant that a typed minute, or a day alone, stands for in this case.

    People type minutes. What is typed for the minute of the latest entry comes after that entry,
    and a day alone, on the day that the case was opened or reached its step, after that: else a
    case opened at 14:30:20 could not be moved at 14:30.
    """
    held = standing.chronicle[-1].happened_at if standing.chronicle else None
    if held is not None and typed <= held < typed + timedelta(minutes=1):
        return held
    since = standing.step_since
    if since is not None and typed == start_of(local(since).date()):
        return since
    return typed.astimezone(UTC)


def refusal_faults(refusal: Refusal, subject: Subject) -> dict[str, str]:
    """Return a refusal's problems and reasons under the names of this form's fields."""
    names = {known.name for known in subject.fields}
    faults: dict[str, str] = {}
    for problem in refusal.problems:
        name = problem.field if problem.field in names else ""
        faults.setdefault(name or _ENGINE_NAMES.get(problem.field, ""), problem.message)
    for reason in refusal.reasons:
        if reason.field in names:
            faults.setdefault(reason.field, said(reason.text))
    return faults


def typed_from(post: QueryDict) -> dict[str, list[str]]:
    """Return what a request sent, as plain lists of plain text."""
    return {
        name: [str(value).replace("\x00", "") for value in values] for name, values in post.lists()
    }
