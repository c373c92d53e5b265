"""The form that adds what people told us to a case that is open."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from django.utils.translation import gettext as _

from candour.people.models import Post
from candour.web.forms.concern import wording_fault
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import KEY
from candour.web.forms.reading import words as tidied
from candour.web.presenters.refusals import ReasonLine


@dataclass(frozen=True, slots=True)
class Adding:
    """What was typed, right or wrong, and why it was not recorded, if so.

    Attributes:
        typed: what was typed.
        faults: what is wrong, under the names of the fields.
        reasons: why the procedure refused it.
    """

    typed: Typed
    faults: dict[str, str] = field(default_factory=dict)
    reasons: tuple[ReasonLine, ...] = ()

    @property
    def why(self) -> str:
        """Why the experiences belong to the case."""
        return tidied(first(self.typed, "why"))

    @property
    def case(self) -> str:
        """The number of the case chosen."""
        return first(self.typed, "case")

    @property
    def post(self) -> str:
        """The post to act in; empty where the person has only one."""
        return first(self.typed, "post")

    @property
    def key(self) -> str:
        """The key of the form: sent twice, it is recorded once."""
        return first(self.typed, KEY)

    def checked(self, posts: Sequence[Post]) -> Self:
        """Return it with what is wrong, as somebody in these posts sent it."""
        faults = {}
        if not self.case:
            faults["case"] = _("Choose the case that they belong to")
        if fault := wording_fault(self.why, _("Say why they belong to that case")):
            faults["why"] = fault
        if len(posts) > 1 and self.post not in {str(post.pk) for post in posts}:
            faults["post"] = _("Choose the post you are acting in")
        return replace(self, faults=faults)

    def fitting(self, posts: Sequence[Post]) -> Post | None:
        """Return the post to act in, of those that may act on the case, or None."""
        return next((post for post in posts if self.post in ("", str(post.pk))), None)
