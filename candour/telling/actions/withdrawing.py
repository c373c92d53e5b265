"""Taking back what one told.

What says who somebody is goes in every case: what they said of themselves, how to reach them, what
they added. The words go too, unless a case rests on them already: its log keeps the clean words, as
a log is never altered.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.bodies.models import Body
from candour.cases.models import CaseExperience
from candour.database.row_security import acting_for
from candour.experiences.actions import take_out
from candour.experiences.models import Experience, ExperienceSign, OutBecause
from candour.mail.voices import forget_voice
from candour.people.actor import Actor
from candour.sealing.keeping import destroy, of_experience
from candour.sealing.models import Purpose
from candour.telling.consents import ALL
from candour.telling.models import AboutPerson, ConsentGiven, Message, Told

WITHDREW: Final = "The person took back what they told us."


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What became of it: whether a case keeps the clean words."""

    in_a_case: bool


def withdraw(told: Told, *, as_of: datetime) -> Withdrawn:
    """Destroy what can be destroyed of something told, and take it out of use; twice is once."""
    with acting_for([told.body_id]):
        standing = Told.objects.select_for_update().get(pk=told.pk)
        in_a_case = CaseExperience.objects.filter(experience=standing.experience_id).exists()
        if standing.withdrawn_at is not None:
            return Withdrawn(in_a_case)
        standing.withdrawn_at, standing.when_words = as_of, ""
        standing.save(update_fields=["withdrawn_at", "when_words"])
        AboutPerson.objects.filter(told=standing).delete()
        Message.objects.filter(told=standing, by__isnull=True).delete()
        _take_consents_back(standing, as_of)
        actor = Actor.system(Body.objects.get(pk=standing.body_id))
        _destroy_identity(standing, as_of)
        take_out([standing.experience_id], because=OutBecause.WITHDRAWN, actor=actor, as_of=as_of)
        _erase_typed(standing.experience_id)
        if not in_a_case:
            Experience.objects.filter(pk=standing.experience_id).update(answer="")
            ExperienceSign.objects.filter(experience=standing.experience_id).update(found=[])
    return Withdrawn(in_a_case)


def _erase_typed(experience: int) -> None:
    """Erase where and when, as the person typed it; a service of the directory stays known."""
    found = Experience.objects.filter(pk=experience)
    found.update(happened_on=None)
    found.filter(service=None).update(service_name="")


def _take_consents_back(told: Told, as_of: datetime) -> None:
    newest = {each.kind: each for each in ConsentGiven.objects.filter(told=told).order_by("pk")}
    ConsentGiven.objects.bulk_create(
        ConsentGiven(
            body_id=told.body_id,
            told=told,
            kind=consent.kind,
            given=False,
            version=consent.version,
            language=told.language,
            words=consent.words.text("cy" if told.language == "cy" else "en"),
            at=as_of,
        )
        for consent in ALL
        if consent.kind in newest and newest[consent.kind].given
    )


def _destroy_identity(told: Told, as_of: datetime) -> None:
    """Destroy how to reach the person, the words as they gave them, and what went by mail."""
    context = of_experience(told.experience_id)
    for purpose in (Purpose.PERSON, Purpose.WORDS):
        destroy(told.body_id, purpose, context, reason=WITHDREW, by=None, as_of=as_of)
    forget_voice(told.experience_id, told.body_id, reason=WITHDREW, as_of=as_of)
