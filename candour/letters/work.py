"""A draft in hand, with all that deciding about it needs: case, standing, template, directory."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef

from candour.cases import queries
from candour.cases.models import Case
from candour.cases.procedures import procedure_named
from candour.engine import Standing
from candour.engine.london import local
from candour.engine.templates import Template
from candour.letters.directory import Directory, directory_of
from candour.letters.house import house_of
from candour.letters.models import HouseStyle, LetterDraft, SentLetter
from candour.letters.recipients import Chosen, Proposed
from candour.letters.resolving import named_in, proposed


class NoSuchDraft(LookupError):
    """There is no such draft, or none of a body acted for, or it was set aside."""


@dataclass(frozen=True)
class Work:
    """A draft, and what it stands on at a moment."""

    draft: LetterDraft
    case: Case
    standing: Standing
    as_of: datetime
    is_sent: bool = False

    @cached_property
    def template(self) -> Template:
        """The template that the draft was made from, in the version that it was made from."""
        return procedure_named(self.draft.procedure, self.draft.version).templates[
            self.draft.template
        ]

    @cached_property
    def directory(self) -> Directory:
        """What the directory holds for the case now."""
        return directory_of(self.case, named_in(self.standing), local(self.as_of).date())

    @cached_property
    def proposed(self) -> tuple[Proposed, ...]:
        """Everybody who must get it by the template's rule, as the case stands now."""
        return proposed(self.template, self.standing, self.directory)

    @cached_property
    def house(self) -> HouseStyle:
        """How the body sends its letters."""
        return house_of(self.draft.body)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The recipients as they were confirmed, those left out among them."""
        return tuple(Chosen.from_json(each) for each in self.draft.recipients)

    @property
    def getting(self) -> tuple[Chosen, ...]:
        """Those who get it."""
        return tuple(each for each in self.chosen if not each.left_out)

    @property
    def used(self) -> tuple[str, ...]:
        """The ids of the entries that facts of the draft come from."""
        entries = [str(fact["entry"]) for fact in self.draft.facts if fact["entry"]]
        about = [str(self.draft.about)] if self.draft.about else []
        return tuple(dict.fromkeys([*about, *entries]))

    @property
    def needs_second(self) -> bool:
        """Whether a second person has to say yes, and none has."""
        outside = any(each.outside for each in self.getting)
        return outside and self.house.second_person and self.draft.approved_by_id is None


def taken_up(draft_id: UUID | str, as_of: datetime, *, lock: bool = False) -> Work:
    """Return a draft that may be worked on; with `lock`, others wait until the transaction ends.

    Raises:
        NoSuchDraft: there is none that the bodies acted for have, or it was set aside.
    """
    found = LetterDraft.objects.filter(pk=draft_id, set_aside_at__isnull=True)
    found = found.annotate(was_sent=Exists(SentLetter.objects.filter(pk=OuterRef("pk"))))
    if lock:
        found = found.select_for_update(of=("self",))
    draft = found.select_related("body", "case__body", "case__service__provider").first()
    if draft is None:
        raise NoSuchDraft(str(draft_id))
    # Whoever waited for the lock saw the letter as it was before: asked again, it is as it is.
    is_sent = SentLetter.objects.filter(pk=draft.pk).exists() if lock else draft.was_sent
    return Work(draft, draft.case, queries.standing(draft.case), as_of, is_sent=is_sent)
