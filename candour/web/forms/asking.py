"""The form by which signatures are asked for: what the document says, who signs in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from candour.engine import Entry, Standing, Words
from candour.engine.fields import Field, Option
from candour.engine.vocabulary.signing import SIGNED
from candour.mail.outgoing import is_address
from candour.people.models import Post
from candour.signing.actions import Signer
from candour.signing.composing import OPEN, Wording, not_for_outside, offered
from candour.web.forms import reading
from candour.web.forms.controls import Choice, Control, Typed, control, first
from candour.web.forms.entry import post_name
from candour.web.presenters.naming import entry_name
from candour.web.spoken import said

ROWS = 4
TITLE, TEXT, ENTRIES, LANGUAGE = "asking-title", "asking-text", "asking-entries", "asking-language"
OUTSIDE = "outside"
OTHER = "other"  # a document that is no record of the procedure
OTHER_SORT = Words("Document", "Dogfen")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class SignerRow:
    """One place in the order: who, and for somebody outside their name, for whom, and address."""

    place: int
    who: Control
    name: Control
    post: Control
    email: Control
    language: Control
    outside: bool


@dataclass(frozen=True, slots=True)
class AskingForm:
    """The form as it is shown."""

    record: str
    sort: str
    controls: tuple[Control, ...]
    title: Control
    text: Control
    entries: Control | None
    language: Control
    rows: tuple[SignerRow, ...]


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What was typed, read: the document's words and language, and who signs."""

    wording: Wording
    language: str
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class FormText:
    """Words to begin with: a procedure's form filled in from the case, or the draft of a letter.

    `texts` and `titles` are by language; `behind` are the entries they were made from; `audience`
    is whom they are for, as of a template.
    """

    texts: Mapping[str, str]
    behind: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    audience: str = OPEN


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be signed in a case: one of its procedure's records, or something else.

    `people` are the posts of those with accounts who may be asked; `form` is the procedure's own
    form for it, where somebody wants to begin with that.
    """

    standing: Standing
    record: str
    people: tuple[Post, ...]
    form: FormText | None = None

    @property
    def sort(self) -> Words:
        """What kind of document it is."""
        found = [option for option in records(self.standing) if option.id == self.record]
        return found[0].label if found else OTHER_SORT

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the record, besides which record it is and who signs."""
        if not self.record:
            return ()
        return tuple(
            known
            for known in self.standing.procedure.kind(SIGNED).fields
            if known.name not in ("record", "signed_by") and not known.by_system
        )


def records(standing: Standing) -> tuple[Option, ...]:
    """Return the records that a procedure names; none where it hides signing them."""
    kind = standing.procedure.kinds.get(SIGNED)
    known = kind.field("record") if kind else None
    return known.options if known else ()


def begun(paper: Paper, language: str) -> dict[str, list[str]]:
    """Return what the form opens with."""
    title = said(paper.sort) if paper.record else ""
    if paper.form:
        title = paper.form.titles.get(language, title)
    return {
        TITLE: [title],
        # The form says already what the entries say.
        ENTRIES: [] if paper.form else [entry.id for entry in usual(paper)],
        TEXT: [paper.form.texts[language]] if paper.form else [],
        LANGUAGE: [language],
    }


def usual(paper: Paper) -> list[Entry]:
    """Return the entries that a record sets out unless somebody says otherwise.

    Those since the same record was last signed; for anything else none.
    """
    if not paper.record:
        return []
    found = offered(paper.standing)
    signed = [
        entry.happened_at
        for entry in paper.standing.by_kind.get(SIGNED, ())
        if entry.data.get("record") == paper.record
    ]
    since = [entry for entry in found if not signed or entry.happened_at > signed[-1]]
    return since or found[-1:]


def shown(paper: Paper, typed: Typed, faults: dict[str, str]) -> AskingForm:
    """Return the form with what was typed, right or wrong."""
    entries = offered(paper.standing)
    chosen = Control(
        ENTRIES,
        "checkboxes",
        _("What of the case does it set out? (optional)"),
        hint=_("Each is copied into the document as it stands now, and cannot change in it"),
        choices=tuple(Choice(e.id, entry_name(paper.standing, e)) for e in reversed(entries)),
        values=tuple(typed.get(ENTRIES, ())),
        error=faults.get(ENTRIES, ""),
    )
    return AskingForm(
        record=paper.record or OTHER,
        sort=said(paper.sort),
        controls=tuple(
            control(known, typed, faults.get(known.name, ""), paper.fields)
            for known in paper.fields
        ),
        title=_line(TITLE, _("Title of the document"), typed, faults),
        text=Control(
            TEXT,
            "text",
            _("Further words (optional)") if paper.record else _("What the document says"),
            hint=_("A line that begins with ## is a heading, one with - an item of a list"),
            value=first(typed, TEXT),
            error=faults.get(TEXT, ""),
        ),
        entries=chosen if entries else None,
        language=_language(LANGUAGE, _("Language of the document"), typed),
        rows=tuple(_row(paper, place, typed, faults) for place in range(1, ROWS + 1)),
    )


def _line(name: str, label: str, typed: Typed, faults: dict[str, str], hint: str = "") -> Control:
    return Control(name, "line", label, hint, value=first(typed, name), error=faults.get(name, ""))


def _language(name: str, label: str, typed: Typed) -> Control:
    choices = (Choice("en", _("English")), Choice("cy", _("Welsh")))
    return Control(name, "radios", label, choices=choices, value=first(typed, name) or "en")


def _row(paper: Paper, place: int, typed: Typed, faults: dict[str, str]) -> SignerRow:
    name = _at(place, "who")
    who = Control(
        name,
        "select",
        _("Who signs in place %(number)s?") % {"number": place}
        if place == 1
        else _("Who signs in place %(number)s? (optional)") % {"number": place},
        choices=(
            *(Choice(str(post.pk), _person(paper, post)) for post in paper.people),
            Choice(OUTSIDE, _("Somebody outside, by a link sent to them")),
        ),
        value=first(typed, name),
        error=faults.get(name, ""),
    )
    post = _line(_at(place, "post"), _("For whom they sign (optional)"), typed, faults)
    return SignerRow(
        place=place,
        who=who,
        name=_line(_at(place, "name"), _("Their name"), typed, faults),
        post=post,
        email=_line(_at(place, "email"), _("Their email address"), typed, faults),
        language=_language(_at(place, "language"), _("Language to write to them in"), typed),
        outside=first(typed, name) == OUTSIDE,
    )


def _at(place: int, part: str) -> str:
    return f"signer-{place}-{part}"


def _person(paper: Paper, post: Post) -> str:
    return f"{post.user.name} ({post_name(paper.standing, post)})"


def read(paper: Paper, typed: Typed, moment: datetime) -> AskedFor | dict[str, str]:
    """Return what was typed, or what is wrong under each field's name."""
    values = reading.read(paper.fields, typed)
    faults = dict(values.faults)
    title = reading.words(first(typed, TITLE))
    if not title or len(title) > LONGEST_NAME:
        faults[TITLE] = _("Title of the document: give one of up to 200 characters")
    text = reading.words(first(typed, TEXT))
    if not text and not paper.record:
        faults[TEXT] = _("What the document says: fill this in")
    signers = tuple(_signers(paper, typed, faults))
    if not signers and not any(name.startswith("signer-") for name in faults):
        faults[_at(1, "who")] = _("Say who signs first")
    known = {entry.id for entry in offered(paper.standing)}
    entries = tuple(each for each in typed.get(ENTRIES, ()) if each in known)
    outside = any(signer.email for signer in signers)
    closed = not_for_outside(paper.standing, entries, moment) if outside else []
    if closed:
        faults[ENTRIES] = _("Not for somebody outside: %(what)s. Take it out") % {
            "what": "; ".join(entry_name(paper.standing, entry) for entry in closed)
        }
    if faults:
        return faults
    behind = paper.form.behind if paper.form else ()
    wording = Wording(paper.record, title, values.data, text, entries, behind, outside)
    return AskedFor(wording, "cy" if first(typed, LANGUAGE) == "cy" else "en", signers)


def _signers(paper: Paper, typed: Typed, faults: dict[str, str]) -> Iterable[Signer]:
    for place in range(1, ROWS + 1):
        who = first(typed, _at(place, "who"))
        if who == OUTSIDE:
            yield from _outsider(place, typed, faults)
        elif who:
            post = next((post for post in paper.people if str(post.pk) == who), None)
            if post is None:
                faults[_at(place, "who")] = _("Choose somebody from the list")
            else:
                yield _insider(paper, post)


def _insider(paper: Paper, post: Post) -> Signer:
    return Signer(
        name=post.user.name,
        post=post_name(paper.standing, post),
        user_id=post.user_id,
        role=post.role,
        language=post.user.language,
    )


def _outsider(place: int, typed: Typed, faults: dict[str, str]) -> Iterable[Signer]:
    name, post = (reading.words(first(typed, _at(place, part))) for part in ("name", "post"))
    email = first(typed, _at(place, "email")).strip()
    before = len(faults)
    if not 1 < len(name) <= LONGEST_NAME or "\n" in name:
        faults[_at(place, "name")] = _("Their name: give it in one line, as they write it")
    if len(post) > LONGEST_NAME or "\n" in post:
        faults[_at(place, "post")] = _("For whom they sign: one line of up to 200 characters")
    if not is_address(email) or len(email) > LONGEST_NAME:
        faults[_at(place, "email")] = _("Their email address: write it like name@example.org")
    if len(faults) == before:
        language = "cy" if first(typed, _at(place, "language")) == "cy" else "en"
        yield Signer(name=name, post=post, email=email, language=language)


def options(standing: Standing) -> Sequence[Choice]:
    """Return what can be signed in a case: the records of its procedure, then anything else."""
    own = [Choice(option.id, said(option.label)) for option in records(standing)]
    return [*own, Choice(OTHER, _("Another document, in your own words"))]
