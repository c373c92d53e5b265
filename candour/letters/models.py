"""Letters in the making, letters as they were sent, and a body's own texts and letterhead.

`LetterDraft` is worked on; `SentLetter`, `SentFile`, `TemplateOverride` and `HouseStyle` are added
and never changed: the rules that hold against everybody stand in the migrations. A draft, the entry
that sending it records and the letter as sent carry one and the same id, so that nothing is sent
twice however often a button is pressed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.bodies.models import Body
from candour.cases.columns import CanonicalJson
from candour.cases.models import Case
from candour.people.models import User


def _case() -> "models.ForeignKey[Case, Case]":
    return models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)


def _body() -> "models.ForeignKey[Body, Body]":
    return models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)


def _person() -> "models.ForeignKey[User, User]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)


def _nobody_yet() -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )


class LetterDraft(models.Model):
    """A letter that somebody is writing.

    Attributes:
        id: also that of the entry and of the sent letter that come of it.
        body: the body that writes it; it alone sees the draft.
        procedure, version: the pack that its template is of.
        own_text: the number of the body's own text that was used; None for the pack's.
        about: the entry that it speaks of, where its template speaks of one.
        owed: the key of the time of a duty that it was begun for; may be empty.
        texts: by language: `subject` and `text`, in Markdown, as edited.
        facts: what the template took from the case, as `candour.letters.facts` gave it.
        recipients: `candour.letters.recipients.Chosen`, each as JSON; empty until confirmed.
        data: answers to what else the entry asks.
        revision: goes up with each change, so that two people cannot overwrite each other.
        read_to: where the case's log ended when the text was made.
        asked_by: who asks for a second person's yes; what they ask it for is the draft as it is.
        declined_by, declined_why: the second person who last said no, and why; until decided anew.
    """

    id = models.UUIDField(primary_key=True)
    case = _case()
    body = _body()
    template = models.TextField()
    procedure = models.TextField()
    version = models.TextField()
    own_text = models.IntegerField(null=True)
    about = models.UUIDField(null=True)
    owed = models.TextField(blank=True)
    texts = models.JSONField()
    facts = models.JSONField(default=list)
    recipients = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    revision = models.IntegerField(default=1)
    read_to = models.IntegerField()
    begun_by = _person()
    begun_at = models.DateTimeField()
    edited_by = _person()
    edited_at = models.DateTimeField()
    confirmed_by = _nobody_yet()
    confirmed_at = models.DateTimeField(null=True)
    asked_by = _nobody_yet()
    asked_at = models.DateTimeField(null=True)
    asked_why = models.TextField(blank=True)
    declined_by = _nobody_yet()
    declined_why = models.TextField(blank=True)
    approved_by = _nobody_yet()
    approved_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "letter_draft"
        indexes: ClassVar = [
            models.Index(
                fields=["case", "-edited_at"],
                name="letter_draft_of_case",
                condition=Q(set_aside_at__isnull=True),
            ),
            models.Index(
                fields=["body", "asked_at"],
                name="letter_draft_to_approve",
                condition=Q(
                    asked_by__isnull=False, approved_by__isnull=True, set_aside_at__isnull=True
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.template}"


class SentLetter(models.Model):
    """A letter as it left: added once, never changed.

    Attributes:
        id: that of the entry in the case's log that says it was sent.
        sealed: everything about it, in canonical JSON; the files by their hashes.
        seal: the SHA-256 of `sealed`, in hexadecimal; the entry in the log carries it.
    """

    id = models.UUIDField(primary_key=True)
    case = _case()
    body = _body()
    template = models.TextField()
    delivery = models.TextField()
    sent_at = models.DateTimeField()
    sent_by = _person()
    sealed = CanonicalJson()
    seal = models.TextField()

    class Meta:
        db_table = "letter_sent"
        constraints: ClassVar = [models.UniqueConstraint(fields=["seal"], name="letter_seal_once")]
        indexes: ClassVar = [
            models.Index(fields=["case", "-sent_at"], name="letter_sent_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.template}"


class FileUse(models.TextChoices):
    """What a file of a sent letter is."""

    PDF = "pdf", "The letter"
    EVIDENCE = "evidence", "Evidence of how it was delivered"


class SentFile(models.Model):
    """A file of a sent letter: its PDF for a recipient, or evidence of how it was delivered.

    `code` is what the code printed on a PDF is looked up by (`candour.documents.codes`).
    """

    letter = models.ForeignKey(
        SentLetter, on_delete=models.PROTECT, related_name="files", db_index=False
    )
    use = models.TextField(choices=FileUse)
    language = models.TextField(blank=True)
    name = models.TextField()
    type = models.TextField()
    content = models.BinaryField()
    sha256 = models.TextField()
    code = models.TextField(blank=True)

    class Meta:
        db_table = "letter_file"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["letter", "use", "language", "sha256"], name="letter_file_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["sha256"], name="letter_file_by_hash"),
            models.Index(fields=["code"], name="letter_file_by_code", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateOverride(models.Model):
    """A body's own text for a template of a pack, one row for each version of it.

    Attributes:
        number: 1, 2, 3 … for this body and template; the highest counts.
        pack_version, pack_hash: which text of the pack's it was written beside, so that a later
            change of that is noticed.
        withdrawn: from this version on the pack's own text is used again.
        reason: why the body words it differently.
    """

    body = _body()
    procedure = models.TextField()
    template = models.TextField()
    number = models.IntegerField()
    subject_en = models.TextField(blank=True)
    subject_cy = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    text_cy = models.TextField(blank=True)
    pack_version = models.TextField()
    pack_hash = models.TextField()
    withdrawn = models.BooleanField(default=False)
    reason = models.TextField()
    saved_by = _person()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "letter_own_text"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "procedure", "template", "number"], name="letter_own_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.procedure}/{self.template} {self.number}"


class HouseStyle(models.Model):
    """How a body sends its letters, one row for each version; the highest number counts.

    Attributes:
        second_person: somebody outside the rule gets a letter only with a second person's yes.
        signature_en, signature_cy: what stands under a letter below the signer's name.
    """

    body = _body()
    number = models.IntegerField()
    address = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    web = models.TextField(blank=True)
    logo = models.BinaryField(null=True)
    logo_words = models.TextField(blank=True)
    footer_en = models.TextField(blank=True)
    footer_cy = models.TextField(blank=True)
    signature_en = models.TextField(blank=True)
    signature_cy = models.TextField(blank=True)
    second_person = models.BooleanField(default=True)
    saved_by = _person()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "letter_house_style"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "number"], name="letter_house_style_once")
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.number}"
