"""What registers say of services: files, ratings, merges, and the words that they are found by.

None of it is owned by one body: it is public record, and everyone who is signed in may read it.
Changes and merges are added and never altered.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from candour.bodies.models import Body, Service
from candour.directory.schemas import SCHEMAS
from candour.people.models import User

BYTEWISE = "C"


class State(models.TextChoices):
    """How far a file has come."""

    WAITING = "waiting", "Waiting to be read"
    READ = "read", "Read, and not yet taken"
    TAKING = "taking", "Being taken"
    TAKEN = "taken", "Taken"
    REFUSED = "refused", "Refused"
    DROPPED = "dropped", "Put aside"


class Intake(models.Model):
    """One file, or one answer of a regulator's feed: which, by whom, and what became of it.

    Attributes:
        register: whose list it is, such as "cqc".
        mapping: the mapping that it was read by.
        produced_on: the day on which its publisher made it; what is gone had ended by then.
        whole: it lists all that the register has, so what is missing has gone.
        report: what the reading and the taking found (`candour.directory.report`).
        trouble, trouble_cy: why it cannot be taken, or could not at the last try.
        compared_after: the newest change there was when the differences were worked out.
    """

    register = models.TextField()
    mapping = models.TextField()
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.TextField(choices=State, default=State.WAITING)
    produced_on = models.DateField(null=True)
    whole = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    compared_after = models.BigIntegerField(default=0)
    report = models.JSONField(default=dict)
    trouble = models.TextField(blank=True)
    trouble_cy = models.TextField(blank=True, default="")

    class Meta:
        db_table = "directory_intake"

    def __str__(self) -> str:
        return f"{self.file_name}, {self.sent_at:%d %B %Y}"


class IntakeFile(models.Model):
    """The bytes of a file that somebody sent, until it is taken or put aside."""

    intake = models.OneToOneField(Intake, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()

    class Meta:
        db_table = "directory_intake_file"

    def __str__(self) -> str:
        return str(self.intake)


class ListedProvider(models.Model):
    """A provider as a register names it, and the body that it is."""

    register = models.TextField()
    number = models.TextField()
    name = models.TextField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "directory_provider"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "number"], name="directory_provider_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Authority(models.Model):
    """A local authority as registers name it, and the body that it is, where one is known.

    Attributes:
        aside: somebody said that the name is no body's, such as “Unspecified”.
        settled_at, settled_by: when a person said so, or which body it is; the next file goes by
            it. Empty where the names alone told, or nobody has.
    """

    name = models.TextField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", null=True)
    aside = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "directory_authority"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(aside=False) | Q(body=None), name="directory_authority_aside_has_none"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """What a register says of one service, under the number that it gives it.

    Attributes:
        latest_check: the day of the latest check that the register speaks of.
        first_listed: the day of the first file that had it.
        listed_until: the last day on which the register had it; empty while it does.
    """

    register = models.TextField()
    number = models.TextField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="listings")
    provider = models.ForeignKey(ListedProvider, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.TextField()
    also_known_as = models.TextField(blank=True)
    address = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    website = models.TextField(blank=True)
    kinds = ArrayField(models.TextField(), default=list, blank=True)
    specialisms = ArrayField(models.TextField(), default=list, blank=True)
    nursing = models.BooleanField(default=False)
    people = models.TextField(blank=True)
    region = models.TextField(blank=True)
    url = models.TextField(blank=True)
    latest_check = models.DateField(null=True)
    first_listed = models.DateField()
    listed_until = models.DateField(null=True)

    class Meta:
        db_table = "directory_listing"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "number"], name="directory_listing_once")
        ]
        indexes: ClassVar = [
            GinIndex(fields=["kinds"], name="directory_listing_kinds"),
            models.Index(fields=["postcode"], name="directory_listing_postcode"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.register} {self.number})"


def _rating_fits() -> Q:
    """Return the condition that question and answer are words of the rating's own schema."""
    fits = Q()
    for schema in SCHEMAS.values():
        fits |= Q(
            schema=schema.name,
            question__in=list(schema.questions),
            rating__in=list(schema.ratings),
        )
    return fits


class Rating(models.Model):
    """One answer to one question of a regulator's about a service: the present one, or earlier.

    Attributes:
        schema: whose questions and answers these are (`candour.directory.schemas`).
        given_on: the day on which the regulator published it, where that is known.
        current: no later answer to the same question is known.
        source: the file or feed that it came from.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="ratings")
    schema = models.TextField()
    question = models.TextField()
    rating = models.TextField()
    given_on = models.DateField(null=True)
    current = models.BooleanField(default=False)
    source = models.TextField()

    class Meta:
        db_table = "directory_rating"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "schema", "question", "given_on"],
                name="directory_rating_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["service", "schema", "question"],
                condition=Q(current=True),
                name="directory_rating_one_current",
            ),
            models.CheckConstraint(condition=_rating_fits(), name="directory_rating_fits"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["schema", "question", "rating"],
                condition=Q(current=True),
                name="directory_rating_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.rating} ({self.given_on})"


class What(models.TextChoices):
    """What happened to a service in the directory."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    ENDED = "ended", "No longer listed"
    RETURNED = "returned", "Listed again"
    MERGED = "merged", "Merged into another"
    PARTED = "parted", "Merge undone"


class Change(models.Model):
    """One thing that changed about one service: never altered, never taken out.

    Attributes:
        field: which field changed, for `What.CHANGED`.
        before, after: what it said, as words.
        intake: the file that said so, or None where a person did it.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(choices=What)
    field = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "directory_change"
        indexes: ClassVar = [models.Index(fields=["intake", "what"], name="directory_change_what")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.what} {self.field}".strip()


class Merge(models.Model):
    """A row that stands for the same service as another, which is kept; it can be undone.

    Nothing is deleted or moved: whoever asks for the service asks for all rows that stand for it.
    """

    merged = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    undone_because = models.TextField(blank=True)

    class Meta:
        db_table = "directory_merge"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="directory_merged_once"
            ),
            models.CheckConstraint(
                condition=~Q(merged=F("kept")), name="directory_merge_into_another"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_because="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")),
                name="directory_merge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class Why(models.TextChoices):
    """What makes two rows look like one service."""

    NUMBER = "number", "The same registration number"
    SUCCESSION = "succession", "One registration came after the other"
    NAME_AND_PLACE = "name_and_place", "Like names at one postcode"


class Likeness(models.Model):
    """Two rows that may stand for one service, until somebody decides; found anew at will."""

    one = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    why = models.TextField(choices=Why)

    class Meta:
        db_table = "directory_likeness"
        verbose_name_plural = "likenesses"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="directory_likeness_once")
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}: {self.why}"


class NotDuplicates(models.Model):
    """Two services that somebody looked at and found to be two."""

    one = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "directory_not_duplicates"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="directory_told_apart_once"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="directory_lower_number_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class Feed(models.Model):
    """How far a regulator's feed has been followed.

    Attributes:
        good_until: everything that changed before this instant is in the directory.
        asked_until: the end of the span that is being read now; empty between spans.
        waiting: numbers of that span that are not read yet.
        trouble: why the last try stopped, for whoever looks after the site.
    """

    register = models.TextField(primary_key=True)
    good_until = models.DateTimeField()
    asked_until = models.DateTimeField(null=True)
    waiting = ArrayField(models.TextField(), default=list, blank=True)
    tried_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        db_table = "directory_feed"

    def __str__(self) -> str:
        return f"{self.register} until {self.good_until}"


class Predecessor(models.Model):
    """A registration that came after another, as the register itself says."""

    register = models.TextField()
    number = models.TextField()
    predecessor = models.TextField()
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "directory_predecessor"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "number", "predecessor"], name="directory_predecessor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} after {self.predecessor}"


class Staged(models.Model):
    """A row of a file that was read and is not taken yet: what it would say of a service."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="+")
    line = models.BigIntegerField()
    number = models.TextField()
    name = models.TextField()
    also_known_as = models.TextField()
    address = models.TextField()
    postcode = models.TextField()
    phone = models.TextField()
    website = models.TextField()
    kinds = ArrayField(models.TextField())
    specialisms = ArrayField(models.TextField())
    nursing = models.BooleanField()
    people = models.TextField()
    region = models.TextField()
    url = models.TextField()
    latest_check = models.DateField(null=True)
    provider_number = models.TextField()
    provider_name = models.TextField()
    authority = models.TextField()
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "directory_staged"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["intake", "number"], name="directory_staged_once")
        ]

    def __str__(self) -> str:
        return f"line {self.line}: {self.number}"


class StagedRating(models.Model):
    """A rating in a file that was read and is not taken yet."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="+")
    line = models.BigIntegerField()
    number = models.TextField()
    schema = models.TextField()
    question = models.TextField()
    rating = models.TextField()
    given_on = models.DateField(null=True)

    class Meta:
        db_table = "directory_staged_rating"

    def __str__(self) -> str:
        return f"line {self.line}: {self.number} {self.question}"


class SearchRow(models.Model):
    """The words by which a service is found: kept by the database whenever a row changes.

    Attributes:
        name: the name in small letters without accents and marks.
        named: the words of its names.
        words: those, and the words of its place and its provider.
    """

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    name = models.TextField(db_collation=BYTEWISE)
    named = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        db_table = "directory_search"
        indexes: ClassVar = [
            models.Index(fields=["name"], name="directory_search_name"),
            GinIndex(fields=["named"], name="directory_search_named"),
            GinIndex(fields=["words"], name="directory_search_words"),
        ]

    def __str__(self) -> str:
        return self.name


class KnownWord(models.Model):
    """A word that some service is found by, and the slips of the finger that it is known by.

    Attributes:
        slips: its beginnings, whole and with one letter left out.
        services: how many services had it when they were last counted.
    """

    word = models.TextField(primary_key=True, db_collation=BYTEWISE)
    slips = ArrayField(models.TextField())
    services = models.IntegerField(default=0)

    class Meta:
        db_table = "directory_word"
        indexes: ClassVar = [GinIndex(fields=["slips"], name="directory_word_slips")]

    def __str__(self) -> str:
        return self.word
