"""Titles of the forms by which the directory is kept."""

from django.utils.translation import gettext as _

from candour.bodies.keeping import Row
from candour.bodies.models import (
    Area,
    AreaWithin,
    BodyFunction,
    Closure,
    Contact,
    Group,
    GroupMember,
    ServiceArea,
    Succession,
)
from candour.web.presenters.who_is_who import desk_words, function_words, where_words
from candour.web.spoken import spoken


def sort_title(sort: str) -> str:
    """Return the title of the form of a new row."""
    return {
        "contact": _("A new desk"),
        "function": _("Something that a body does"),
        "succession": _("A function handed on"),
        "closure": _("Days of closure"),
        "member": _("Belongs to a group"),
        "lies": _("Lies in an area"),
        "within": _("Lies in a wider area"),
        "area": _("A new area"),
        "body": _("A new body"),
    }[sort]


def row_title(row: Row) -> str:
    """Return the title of the form of a row that is kept."""
    if isinstance(row, Contact):
        return desk_words(row)
    if isinstance(row, BodyFunction):
        return ", ".join(filter(None, (function_words(row.function), where_words(row))))
    if isinstance(row, Closure):
        return row.reason_in(spoken())
    if isinstance(row, Succession):
        words = _("%(function)s, handed on to %(body)s")
        body = row.successor.name_in(spoken())
        return words % {"function": function_words(row.function), "body": body}
    return _where(row).name_in(spoken())


def _where(row: GroupMember | ServiceArea | AreaWithin) -> Group | Area:
    """Return in what it is said to lie."""
    if isinstance(row, GroupMember):
        return row.group
    return row.area if isinstance(row, ServiceArea) else row.wider
