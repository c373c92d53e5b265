"""What an invitation says: its line in a calendar, its description, and the mail that brings it.

No more of the case than its number, the service and the standing headings of the agenda: mail is
read on the way. Whoever comes to the provider's part sees the headings of that part alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from candour.calendars.events import Invitation
from candour.calendars.sittings import Times
from candour.documents.notes import Block, Facts, Line, Lines, Note, NoteBodies, Say, note_bodies
from candour.engine.clock_words import write_day
from candour.engine.fields import as_values
from candour.engine.london import local
from candour.engine.meeting_rules import Part
from candour.engine.procedure import Procedure
from candour.engine.words import Language, Words

_DASH: Final = "–"
WHEN = Words("When", "Pryd")
WHERE = Words("Where", "Ble")
CASE = Words("Case", "Achos")
SERVICE = Words("Service", "Gwasanaeth")
FROM = Words("Called by", "Galwyd gan")
AGENDA = Words("Agenda", "Agenda")
YOUR_PART = Words(
    "You are invited to the part of the meeting in which the provider takes part.",
    "Fe’ch gwahoddir i’r rhan o’r cyfarfod y mae’r darparwr yn cymryd rhan ynddi.",
)
YOUR_TIME_FOLLOWS = Words(
    "You will be told at what time you join.", "Cewch wybod faint o’r gloch y byddwch yn ymuno."
)
ANSWER = Words(
    "Please accept or decline in your calendar, or answer this message.",
    "Derbyniwch neu gwrthodwch yn eich calendr, neu atebwch y neges hon.",
)
OPENING: Final = {
    "new": Words("You are invited to a meeting.", "Fe’ch gwahoddir i gyfarfod."),
    "changed": Words(
        "A meeting to which you are invited has changed. This replaces what you were told before.",
        "Mae cyfarfod y’ch gwahoddwyd iddo wedi newid. Mae hyn yn disodli’r hyn a ddywedwyd cynt.",
    ),
    "cancelled": Words(
        "This meeting is not taking place, or you are no longer asked to come. Nothing more is "
        "needed from you.",
        "Nid yw’r cyfarfod hwn yn cael ei gynnal, neu ni ofynnir ichi ddod mwyach. Nid oes angen "
        "dim arall gennych.",
    ),
}
SUBJECT: Final = {
    "new": Words("Invitation", "Gwahoddiad"),
    "changed": Words("Changed", "Wedi newid"),
    "cancelled": Words("Cancelled", "Wedi’i ganslo"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What there is to say of a meeting, in both languages.

    `agenda` are the headings that this guest may see; `of_part` says that it is the provider's
    part.
    """

    ref: str
    title: Words
    body: Words
    service: Words
    place: str
    agenda: tuple[Words, ...]
    of_part: bool
    times: Times


def meeting_title(procedure: Procedure, name: str) -> Words:
    """Return what a kind of meeting is called."""
    labels = {option.id: option.label for option in procedure.options.get("meetings", ())}
    return labels.get(name) or Words(name.replace("_", " "))


def agenda_for(
    procedure: Procedure, name: str, written: object, *, with_provider: bool
) -> tuple[Words, ...]:
    """Return the headings of an agenda that a guest may see.

    The members have the agenda as the call wrote it. The provider has the standing headings of its
    own part: what somebody wrote by hand is not known to be of one part or the other.
    """
    rule = procedure.meetings.get(name)
    if with_provider and rule is not None and rule.in_parts:
        return tuple(h.title for h in rule.agenda if h.part is Part.WITH_PROVIDER)
    by_hand = tuple(Words(str(line)) for line in as_values(written) if str(line).strip())
    standing = tuple(heading.title for heading in rule.agenda) if rule else ()
    # As the form proposed them they are in the language of whoever called.
    proposed = {text for title in standing for text in (title.en, title.text("cy"))}
    return standing if all(line.en in proposed for line in by_hand) else by_hand


def when_words(times: Times, language: Language) -> str:
    """Return when somebody is to be there: “Mon 30 Mar 2026, 14:00–15:00”."""
    day = write_day(times.day, language)
    if times.begins is None or times.ends is None:
        return day
    return f"{day}, {local(times.begins):%H:%M}{_DASH}{local(times.ends):%H:%M}"


def summary(about: About, languages: Sequence[Language]) -> str:
    """Return the line in a calendar."""
    titles = dict.fromkeys(about.title.text(language) for language in languages)
    return f"{' / '.join(titles)} ({about.ref})"


def description(about: About, languages: Sequence[Language]) -> str:
    """Return what a calendar shows beside the line."""
    notes = [Note(language, _about(about, language)) for language in languages]
    return note_bodies(notes, title="").text.strip()


def request_mail(about: About, invitation: Invitation, sequence: int) -> tuple[str, NoteBodies]:
    """Return the subject and the bodies of the mail that brings an invitation."""
    sort = "changed" if sequence else "new"
    notes = [
        Note(
            language,
            (
                Say(OPENING[sort].text(language)),
                *_about(about, language),
                Say(ANSWER.text(language)),
            ),
        )
        for language in invitation.languages
    ]
    subject = _subject(sort, invitation)
    return subject, note_bodies(notes, title=subject)


def cancel_mail(invitation: Invitation) -> tuple[str, NoteBodies]:
    """Return the subject and the bodies of the mail that takes an invitation back."""
    notes = [
        Note(
            language,
            (
                Say(OPENING["cancelled"].text(language)),
                Say(f"{invitation.summary}, {when_words(invitation.times, language)}"),
            ),
        )
        for language in invitation.languages
    ]
    subject = _subject("cancelled", invitation)
    return subject, note_bodies(notes, title=subject)


def _subject(sort: str, invitation: Invitation) -> str:
    said = dict.fromkeys(SUBJECT[sort].text(language) for language in invitation.languages)
    when = when_words(invitation.times, invitation.languages[0])
    return f"{' / '.join(said)}: {invitation.summary}, {when}"


def _about(about: About, language: Language) -> tuple[Block, ...]:
    pairs = (
        (WHEN, when_words(about.times, language)),
        (WHERE, about.place),
        (CASE, about.ref),
        (SERVICE, about.service.text(language)),
        (FROM, about.body.text(language)),
    )
    blocks: list[Block] = [
        Say(about.title.text(language), "heading"),
        Facts(tuple((name.text(language), value) for name, value in pairs if value)),
    ]
    if about.of_part:
        blocks.append(Say(YOUR_PART.text(language)))
        if about.times.begins is None:
            blocks.append(Say(YOUR_TIME_FOLLOWS.text(language)))
    if about.agenda:
        blocks.append(Say(AGENDA.text(language), "heading"))
        blocks.append(Lines(tuple(Line(title.text(language)) for title in about.agenda)))
    return tuple(blocks)
