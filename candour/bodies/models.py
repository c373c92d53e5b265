"""Organisations, what they are for, what they run, and whom to reach: all of it over time.

Nothing here is owned by one body, so everyone who is signed in may read it. A row says from when
and to when it holds; ``to_date`` is the last day on which it does, and empty means "still".
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from candour.bodies.area_models import (
    Area,
    AreaKind,
    AreaWithin,
    Group,
    GroupKind,
    GroupMember,
    ServiceArea,
)
from candour.bodies.effective import EffectiveQuerySet, ends_after_it_begins
from candour.bodies.kept_models import Closure, DirectoryChange

__all__ = [
    "Area",
    "AreaKind",
    "AreaWithin",
    "Body",
    "BodyFunction",
    "Closure",
    "Contact",
    "DirectoryChange",
    "Function",
    "Group",
    "GroupKind",
    "GroupMember",
    "Nation",
    "ServedPeople",
    "Service",
    "ServiceArea",
    "Succession",
]


class Nation(models.TextChoices):
    """Where a body's writ runs, and so whose law and bank holidays it follows."""

    ENGLAND = "england", "England"
    WALES = "wales", "Wales"
    UK = "uk", "United Kingdom"


class Function(models.TextChoices):
    """What a body does for the public, whatever it is called this year."""

    PATIENT_VOICE = "patient_voice", "Speaks for patients and the public"
    COMMISSIONER = "commissioner", "Commissions services"
    REGULATOR = "regulator", "Regulates"
    SCRUTINY = "scrutiny", "Scrutinises"
    SAFEGUARDING = "safeguarding", "Safeguards adults or children"
    PROVIDER = "provider", "Provides services"
    NATIONAL_VOICE = "national_voice", "Speaks for patients and the public nationally"


class ServedPeople(models.TextChoices):
    """Whom a service is for."""

    ADULTS = "adults", "Adults"
    CHILDREN = "children", "Children"
    BOTH = "both", "Adults and children"


class Body(models.Model):
    """An organisation: a local Healthwatch, a council, a health board, a regulator, a provider."""

    name = models.TextField()
    name_cy = models.TextField("name in Welsh", blank=True)
    nation = models.TextField(choices=Nation)
    kind = models.TextField(blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [ends_after_it_begins("body")]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """Return the name in this language ("en" or "cy"), in English where no Welsh is kept."""
        return self.name_cy if language == "cy" and self.name_cy else self.name


class BodyFunction(models.Model):
    """A function that a body holds for an area, from one day to another: a route to it.

    `area` says for where in words; `place` is that area where the directory knows it. A function
    held for one `service` alone goes before what holds for its area. `contact` is the desk that
    answers for it; without one, the body's desk for such matters.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="functions")
    function = models.TextField(choices=Function)
    area = models.TextField(blank=True)
    place = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="functions", null=True, blank=True
    )
    service = models.ForeignKey(
        "Service", on_delete=models.PROTECT, related_name="functions", null=True, blank=True
    )
    people = models.TextField(choices=ServedPeople, default=ServedPeople.BOTH)
    contact = models.ForeignKey(
        "Contact", on_delete=models.PROTECT, related_name="functions", null=True, blank=True
    )
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [ends_after_it_begins("body_function")]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_function_display()}"


class Succession(models.Model):
    """One body takes over a function of another; ``on`` is the successor's first day."""

    predecessor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="inheritances")
    function = models.TextField(choices=Function)
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "function", "on"], name="succession_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_to_another_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor} ({self.get_function_display()})"


class Service(models.Model):
    """A place or team that gives care, run by a provider."""

    name = models.TextField()
    name_cy = models.TextField("name in Welsh", blank=True)
    provider = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="services")
    kind = models.TextField(blank=True)
    nursing = models.BooleanField(default=False)
    people = models.TextField(choices=ServedPeople, default=ServedPeople.ADULTS)
    host_authority = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="hosted_services", null=True, blank=True
    )
    address = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [models.Index(Lower("name"), name="service_name_any_case")]
        constraints: ClassVar = [ends_after_it_begins("service")]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """Return the name in this language ("en" or "cy"), in English where no Welsh is kept."""
        return self.name_cy if language == "cy" and self.name_cy else self.name


class Contact(models.Model):
    """Somebody, or a desk, to reach at a body in a given role, from one day to another.

    `hours` are written as `candour.bodies.hours_words` reads them; what it cannot read counts as
    not known. While they are closed, `taken_over_by` is the desk that answers. Where something of
    a desk changes, a row that `replaces` it begins: what led to the one leads to the other.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="contacts")
    role = models.TextField()
    name = models.TextField(blank=True)
    name_cy = models.TextField("name in Welsh", blank=True)
    email = models.EmailField(blank=True)
    phone = models.TextField(blank=True)
    hours = models.TextField(blank=True)
    taken_over_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="stands_in_for", null=True, blank=True
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True
    )
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_it_begins("contact"),
            models.CheckConstraint(
                condition=Q(taken_over_by__isnull=True) | ~Q(taken_over_by=F("pk")),
                name="contact_taken_over_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.role} ({self.body})"
