"""The case log, the file that stands for each case, and what is drawn from the log.

`CaseEntry` is the record: rows are added and never changed. Everything else here can be made again
from it (`candour.cases.rebuilding`). Writing goes through `candour.cases.actions`; the rules that
hold against everybody else stand in the migrations.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candour.bodies.models import Body, Service
from candour.cases.action_rows import CaseAction
from candour.cases.columns import NO_DATE, CanonicalJson, drawn_body
from candour.cases.decision_rows import CaseDecision
from candour.cases.duty_rows import CaseDuty, DutyState
from candour.cases.partner_rows import CasePartner
from candour.cases.recipient_rows import CaseRecipient
from candour.cases.span_rows import CaseRestrictionSpan
from candour.cases.words_rows import CaseWords
from candour.people.models import User

# What reaches a body from others, or tells it something that it did not do itself.
CAME_IN = (
    "concern_raised",
    "evidence_added",
    "feedback_received",
    "message_received",
    "response_received",
    "disagreement_raised",
    "enquiry_determined",
    "delivery_failed",
    "action_progressed",
    "action_completed",
    "record_signed",
    "document_signed",
    "document_filed",
)

__all__ = [
    "CAME_IN",
    "NO_DATE",
    "CanonicalJson",
    "Case",
    "CaseAction",
    "CaseDecision",
    "CaseDuty",
    "CaseEntry",
    "CaseExperience",
    "CaseNumber",
    "CasePartner",
    "CaseRecipient",
    "CaseRestriction",
    "CaseRestrictionSpan",
    "CaseSuggestion",
    "CaseWords",
    "DutyState",
]


class Case(models.Model):
    """A case: whose it is, what it is about, where its log ends and what the log comes to.

    Attributes:
        ref: the number people call it by, such as "CV-2026-0042".
        body: the body that leads it; those in ``shared_with`` see it too.
        seq: how many entries the log has; only adding an entry changes it.
        head_hash: the hash of the last entry; with no entry yet, that of the ref.
        settled_at: the instant up to which the passing of time has been acted on; that of the
            last entry at the least.
        next_change: the first instant after that at which time alone changes anything, or None.
        live_key: while it is open, the service and procedure that may have no second live case.
    """

    ref = models.TextField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    title = models.TextField()
    procedure = models.TextField()
    version = models.TextField()
    step = models.TextField()
    seq = models.IntegerField()
    head_hash = models.BinaryField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField()
    next_change = models.DateTimeField(null=True)
    live_key = models.TextField(null=True)  # noqa: DJ001  # empty would not be unique

    class Meta:
        db_table = "case_file"
        # Not `unique=True`, which would bring a second index on each that nobody asks.
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ref"], name="case_file_ref_once"),
            models.UniqueConstraint(fields=["live_key"], name="case_file_one_live"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_change"],
                name="case_file_wakes",
                condition=Q(next_change__isnull=False),
            ),
            models.Index(fields=["body", "-opened_at"], name="case_file_of_body"),
            models.Index(
                fields=["service"], name="case_file_of_service", condition=Q(service__isnull=False)
            ),
            models.Index(
                fields=["body"], name="case_file_closed", condition=Q(closed_at__isnull=False)
            ),
            models.Index(fields=["id"], name="case_file_shared", condition=~Q(shared_with=[])),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.closed_at is None


class CaseEntry(models.Model):
    """One entry of a case log. Added once; the database refuses to change or remove it.

    ``payload`` is the entry itself, as hashed. All other facts are read from it by the database
    when it is added, so that they can be searched and cannot say anything else. ``author`` is
    None for what the system did by itself.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.IntegerField()
    kind = models.TextField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    role = models.TextField()
    audience = models.TextField()
    payload = CanonicalJson()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "case_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "seq"], name="case_entry_in_order")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["recorded_at"],
                name="case_entry_came",
                condition=Q(kind__in=CAME_IN),
            ),
            models.Index(
                fields=["happened_at"],
                name="case_entry_rounds",
                condition=Q(kind="ratings_called"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.kind}"


class CaseRestriction(models.Model):
    """A restriction in force, drawn from a case's log."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="restrictions", db_index=False
    )
    body = drawn_body(indexed=True)
    imposed_by = models.UUIDField()
    restriction = models.TextField()
    scope = models.TextField()
    since = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_restriction"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "imposed_by"], name="case_restriction_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.restriction}"


class CaseSuggestion(models.Model):
    """What the procedure suggests in a case now, for somebody in ``to_role`` to answer."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="suggestions", db_index=False
    )
    body = drawn_body()
    auto_id = models.TextField()
    title = models.TextField()
    title_cy = models.TextField(blank=True)
    to_role = models.TextField(blank=True)

    class Meta:
        db_table = "case_suggestion"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "auto_id"], name="case_suggestion_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "-id"], name="case_suggestion_newest"),
            models.Index(fields=["body", "to_role", "-id"], name="case_suggestion_newest_to"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.title}"


class CaseExperience(models.Model):
    """An experience that a case rests on, drawn from its log; both may have many of the other."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="experience_links", db_index=False
    )
    body = drawn_body()
    experience = models.ForeignKey(
        "experiences.Experience", on_delete=models.PROTECT, related_name="+"
    )
    linked_by = models.UUIDField()

    class Meta:
        db_table = "case_experience"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "experience"], name="case_experience_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.experience_id}"


class CaseNumber(models.Model):
    """The last number given to a case under a prefix in a year; there are no gaps below it."""

    prefix = models.TextField()
    year = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        db_table = "case_number"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["prefix", "year"], name="case_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:04d}"
