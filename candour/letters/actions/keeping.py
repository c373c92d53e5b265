"""Writing a letter down as it was sent: one canonical text with its seal, and its files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from candour.documents import as_json
from candour.documents.codes import start_of_code
from candour.letters.models import FileUse, SentFile, SentLetter
from candour.letters.recipients import Way
from candour.letters.sealing import canonical, fact_line, seal_of, sha256
from candour.letters.setting import SetLetter
from candour.letters.work import Work
from candour.people.actor import Actor

if TYPE_CHECKING:
    from candour.letters.actions.sending import Delivery


def sealed_text(
    work: Work,
    actor: Actor,
    letters: Sequence[SetLetter],
    delivery: "Delivery",
    *,
    channel: Way,
    at: datetime,
) -> str:
    """Return everything about a letter that leaves, in the one JSON text that is sealed."""
    draft = work.draft
    return canonical(
        {
            "id": str(draft.pk),
            "case": work.case.ref,
            "body": draft.body.name,
            "template": draft.template,
            "procedure": draft.procedure,
            "version": draft.version,
            "own_text": draft.own_text,
            "audience": str(work.template.audience),
            "about": str(draft.about) if draft.about else None,
            "delivery": channel.value,
            "happened_at": at.isoformat(),
            "sent_at": work.as_of.isoformat(),
            "sent_by": actor.user_id,
            "sent_by_name": actor.name,
            "role": actor.role,
            "letters": [_letter(each) for each in letters],
            "left_out": [each.as_json() for each in work.chosen if each.left_out],
            "confirmed_by": draft.confirmed_by_id,
            "approved_by": draft.approved_by_id,
            "facts": _facts(draft.facts),
            "evidence": {
                "words": delivery.words.strip(),
                "files": [
                    {"name": file.name, "type": file.type, "sha256": sha256(file.content)}
                    for file in delivery.files
                ],
            },
        }
    )


def _letter(each: SetLetter) -> dict[str, Any]:
    return {
        "to": each.chosen.as_json(),
        "language": each.chosen.language,
        "subject": each.subject,
        "content": as_json(each.content),
        "words": each.words,
        "pdf": sha256(each.pdf),
    }


def _facts(kept: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        fact_line(fact["path"], fact["language"], fact["value"], fact["entry"] or None)
        for fact in kept
    ]


def keep_letter(
    work: Work, actor: Actor, sealed: str, letters: Sequence[SetLetter], delivery: "Delivery"
) -> SentLetter:
    """Add a letter as it was sent, with its files; the database reads its columns from the text."""
    assert actor.user is not None  # noqa: S101  # the system sends no letters
    letter = SentLetter.objects.create(
        id=work.draft.pk,
        case=work.case,
        body=work.draft.body,
        template=work.draft.template,
        sent_at=work.as_of,
        sent_by=actor.user,
        sealed=sealed,
        seal=seal_of(sealed),
    )
    SentFile.objects.bulk_create([*_pdfs(work, letter, letters), *_evidence(letter, delivery)])
    return letter


def pdf_name(work: Work, letter: SetLetter) -> str:
    """Return what the PDF of a letter is called, in a mail and in a folder of downloads."""
    return f"{work.case.ref}-{work.draft.template}-{letter.chosen.language}.pdf"


def _pdfs(work: Work, letter: SentLetter, letters: Sequence[SetLetter]) -> Iterable[SentFile]:
    for each in letters:
        yield SentFile(
            letter=letter,
            use=FileUse.PDF,
            language=each.chosen.language,
            name=pdf_name(work, each),
            type="application/pdf",
            content=each.pdf,
            sha256=sha256(each.pdf),
            code=start_of_code(each.words),
        )


def _evidence(letter: SentLetter, delivery: "Delivery") -> Iterable[SentFile]:
    for file in {sha256(file.content): file for file in delivery.files}.values():
        yield SentFile(
            letter=letter,
            use=FileUse.EVIDENCE,
            name=file.name,
            type=file.type,
            content=file.content,
            sha256=sha256(file.content),
        )
