"""Areas, what lies in which, and groups of bodies or services: all of it over time."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from candour.bodies.effective import EffectiveQuerySet, ends_after_it_begins


class AreaKind(models.TextChoices):
    """What an area is an area of."""

    LOCAL_AUTHORITY = "local_authority", "Local authority"
    HEALTH_BOARD = "health_board", "Health board"
    ICB = "icb", "Integrated care board"
    REGION = "region", "Region"
    NATION = "nation", "Nation"
    OTHER = "other", "Another area"


class Area(models.Model):
    """A part of the country for which bodies do things, known by its GSS code.

    The Office for National Statistics gives every area a code of nine characters, and a new one
    when its borders change; an area of a body's own carries a code of the body's own.
    """

    code = models.TextField(unique=True)
    name = models.TextField()
    name_cy = models.TextField("name in Welsh", blank=True)
    kind = models.TextField(choices=AreaKind)
    nation = models.TextField()
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [ends_after_it_begins("area")]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """Return the name in this language ("en" or "cy"), in English where no Welsh is kept."""
        return self.name_cy if language == "cy" and self.name_cy else self.name


class AreaWithin(models.Model):
    """One area lies in another, from one day to another; it may lie in several at once."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="lies_in")
    wider = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="takes_in")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_it_begins("area_within"),
            models.UniqueConstraint(
                fields=["area", "wider", "from_date"],
                name="area_within_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~Q(area=F("wider")), name="area_within_another"),
        ]

    def __str__(self) -> str:
        return f"{self.area} in {self.wider}"


class ServiceArea(models.Model):
    """A service lies in an area, from one day to another; it may lie in several at once."""

    service = models.ForeignKey("bodies.Service", on_delete=models.PROTECT, related_name="areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="services")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_it_begins("service_area"),
            models.UniqueConstraint(
                fields=["service", "area", "from_date"],
                name="service_area_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} in {self.area}"


class GroupKind(models.TextChoices):
    """What holds a group together."""

    OWNERS = "owners", "Providers under one owner"
    FAMILY = "family", "Services that belong together"


class Group(models.Model):
    """Providers under one owner, or services that belong together, whoever runs each of them."""

    name = models.TextField()
    name_cy = models.TextField("name in Welsh", blank=True)
    kind = models.TextField(choices=GroupKind)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [ends_after_it_begins("group")]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """Return the name in this language ("en" or "cy"), in English where no Welsh is kept."""
        return self.name_cy if language == "cy" and self.name_cy else self.name


class GroupMember(models.Model):
    """A body or a service belongs to a group, from one day to another."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, related_name="groups", null=True, blank=True
    )
    service = models.ForeignKey(
        "bodies.Service", on_delete=models.PROTECT, related_name="groups", null=True, blank=True
    )
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_it_begins("group_member"),
            models.UniqueConstraint(
                fields=["group", "body", "service", "from_date"],
                name="group_member_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=True) ^ Q(service__isnull=True),
                name="group_member_is_body_or_service",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body or self.service} in {self.group}"
