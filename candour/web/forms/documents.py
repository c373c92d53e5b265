"""The form by which documents are filed in a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from candour.engine import SYSTEM, Entry, Standing
from candour.engine.audiences import EVERYBODY, MEMBERS
from candour.engine.corrections import CORRECTION
from candour.engine.vocabulary.filing import FILED
from candour.web.forms.controls import Choice, Control, Typed, first
from candour.web.forms.entry import POST, Fault, Subject, post_control
from candour.web.in_hand import InHand
from candour.web.presenters.addresses import REFERS
from candour.web.presenters.naming import entry_name
from candour.web.uploading import FileField, file_field

FILES, TITLE, FOR, NOTE = "files", "title", "audience", "note"
MOST_OFFERED = 60  # entries to choose from
_NOT_SUPPORTED = (CORRECTION, FILED)


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """The form as it stands."""

    files: FileField
    title: str
    supports: Control | None
    audience: Control
    note: str
    post: Control | None
    wrong: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[Fault, ...] = ()


def filing_subject(hand: InHand) -> Subject:
    """Return what is recorded by this form, and by whom."""
    kind = hand.procedure.kinds[FILED]
    return Subject(hand.standing, kind, hand.posts, about=tuple(supportable(hand.standing)))


def supportable(standing: Standing) -> list[Entry]:
    """Return the entries that a document may support, newest first."""
    made = [
        each
        for each in standing.chronicle
        if each.author != SYSTEM and each.kind not in _NOT_SUPPORTED
    ]
    return made[::-1]


def document_form(
    hand: InHand, typed: Typed, wrong: Mapping[str, str], errors: tuple[Fault, ...] = ()
) -> DocumentForm:
    """Return the form with what was typed, right or wrong."""
    subject = filing_subject(hand)
    typed = {POST: [str(subject.posts[0].pk)], **typed} if subject.posts else typed
    return DocumentForm(
        files=file_field(),
        title=first(typed, TITLE),
        supports=_supports(subject, typed),
        audience=_audience(typed),
        note=first(typed, NOTE),
        post=post_control(subject, typed, wrong.get(POST, "")),
        wrong=wrong,
        errors=errors,
    )


def _supports(subject: Subject, typed: Typed) -> Control | None:
    """Return the choice of the entry that is supported: the newest, and the one asked for."""
    wanted = first(typed, REFERS)
    offered = subject.about[:MOST_OFFERED]
    offered += tuple(each for each in subject.about[MOST_OFFERED:] if each.id == wanted)
    if not offered:
        return None
    return Control(
        name=REFERS,
        shape="select",
        label=_("What does it support? (optional)"),
        choices=tuple(Choice(each.id, entry_name(subject.standing, each)) for each in offered),
        value=wanted if any(each.id == wanted for each in offered) else "",
    )


def _audience(typed: Typed) -> Control:
    return Control(
        name=FOR,
        shape="radios",
        label=_("Who is it for?"),
        choices=(
            Choice(
                EVERYBODY,
                _("All who take part in the case"),
                _("The provider, too, when it is shown something of the case"),
            ),
            Choice(MEMBERS, _("The agencies alone"), _("Never the provider")),
        ),
        value=MEMBERS if first(typed, FOR) == MEMBERS else EVERYBODY,
    )
