"""Reads of letters. Row security decides what there is to read; see `acting_for`."""

import json
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.cases.models import Case
from candour.letters.models import FileUse, LetterDraft, SentFile, SentLetter
from candour.mail.models import MailMessage
from candour.mail.rerouting import same_address

MOST = 100  # of each list of a case


def drafts_of(case: Case) -> list[LetterDraft]:
    """Return the letters being written in a case, the last touched first. One query."""
    sent = SentLetter.objects.filter(case=case).values("pk")
    found = LetterDraft.objects.filter(case=case, set_aside_at__isnull=True).exclude(pk__in=sent)
    found = found.select_related("edited_by").defer("texts", "facts")
    return list(found.order_by("-edited_at")[:MOST])


def to_approve(bodies: Collection[int], person: int) -> QuerySet[LetterDraft]:
    """Return the letters that wait for a second person's yes, which this person may give."""
    sent = SentLetter.objects.filter(pk=OuterRef("pk"))
    return LetterDraft.objects.filter(
        ~Exists(sent),
        ~Q(asked_by=person),
        ~Q(confirmed_by=person),
        body__in=bodies,
        asked_by__isnull=False,
        approved_by=None,
        set_aside_at=None,
    ).order_by("asked_at")


def sent_of(case: Case) -> list[SentLetter]:
    """Return what was sent in a case, newest first. One query."""
    return list(SentLetter.objects.filter(case=case).order_by("-sent_at")[:MOST])


def messages_of(letters: list[SentLetter]) -> list[MailMessage]:
    """Return the messages of letters in the outbox, without what they say. One query, or none."""
    ids = [letter.pk for letter in letters if letter.delivery == "mail"]
    if not ids:
        return []
    found = MailMessage.objects.filter(entry_id__in=ids)
    return list(found.only("entry_id", "state", "to_name", "to_email", "said", "key", "again_id"))


def sent_letter(case: Case, letter: UUID) -> SentLetter | None:
    """Return one letter as it was sent, or None."""
    found = SentLetter.objects.filter(case=case, pk=letter).select_related("sent_by")
    return found.first()


def files_of(letter: SentLetter) -> list[SentFile]:
    """Return the files of a sent letter without their bytes, in order."""
    return list(SentFile.objects.filter(letter=letter).defer("content").order_by("pk"))


def file_of(case: Case, letter: UUID, number: int) -> SentFile | None:
    """Return one file of a letter sent in a case, or None."""
    found = SentFile.objects.filter(letter__case=case, letter=letter, pk=number)
    return found.first()


def copies_to(case_id: int, letters: Iterable[str], email: str) -> dict[str, list[SentFile]]:
    """Return the PDFs of letters that went to an address, by letter, without their bytes.

    Two queries. Only the very copy that was made for that address is among them.
    """
    found = SentLetter.objects.filter(case_id=case_id, pk__in=list(letters))
    theirs = {
        (letter.pk, each["pdf"])
        for letter in found
        for each in json.loads(letter.sealed)["letters"]
        if same_address(str(each["to"]["email"]), email)
    }
    if not theirs:
        return {}
    files = SentFile.objects.filter(letter__in=[pk for pk, _ in theirs], use=FileUse.PDF)
    copies: dict[str, list[SentFile]] = {}
    for file in files.defer("content").order_by("pk"):
        if (file.letter_id, file.sha256) in theirs:
            copies.setdefault(str(file.letter_id), []).append(file)
    return copies
