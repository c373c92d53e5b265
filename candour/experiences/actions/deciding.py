"""What a person decides about marks: words stay out, are put back, or more of them are taken out.

Whoever reads may say that words stay out. Putting them back opens what is sealed, so a custodian
does it and says why; each opening is in the log. Decisions are added, never changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.deidentifying import Sort
from candour.experiences.actions.keeping import sealed
from candour.experiences.marking import answer_of, given_place, places_in_answer
from candour.experiences.models import (
    Experience,
    ExperienceMark,
    ExperienceSign,
    FoundBy,
    MarkDecision,
    MarkState,
)
from candour.experiences.signs_waiting import SEEN
from candour.people.actor import Actor
from candour.sealing.keeping import of_experience
from candour.sealing.models import Purpose
from candour.sealing.opening_many import open_many

SHORTEST: Final = 2  # letters of words to take out by hand


class NotInTheWords(ValueError):
    """What somebody wants taken out does not stand in the answer."""


@dataclass(frozen=True, slots=True)
class Decided:
    """How many marks stay out, how many were put back, and how many could not be."""

    out: int
    back: int
    lost: int


def decide(
    wanted: Mapping[int, MarkState], *, actor: Actor, reason: str = "", as_of: datetime
) -> Decided:
    """Do what a person decided about marks, by their ids; needs a transaction that acts for them.

    What was decided so already is left as it is, so doing it twice does nothing twice.

    Args:
        wanted: confirmed or restored, for each mark; marks of other bodies are passed over.
        actor: who decides, for their body; a custodian where something is put back.
        reason: why what is sealed is opened, where something is put back.
        as_of: the present instant.

    Raises:
        NotCustodian: something is to be put back, and the actor is no custodian.
        NoReason: something is to be put back, and nobody said why.
        KeyNotHere: something is to be put back, and the key is not on this machine.
    """
    held = _held(wanted, actor)
    changed = [
        mark
        for marks in held.values()
        for mark in marks
        if wanted.get(mark.pk, mark.state) != mark.state
    ]
    back = [mark for mark in changed if wanted[mark.pk] == MarkState.RESTORED]
    given = _given({mark.experience_id for mark in back if mark.kept}, actor, reason, as_of)
    lost = [mark for mark in back if mark.experience_id not in given]
    done = [mark for mark in changed if mark not in lost]
    _apply(done, held, {mark.pk: wanted[mark.pk] for mark in done}, given)
    _note(done, actor, as_of)
    return Decided(len(done) - len(back) + len(lost), len(back) - len(lost), len(lost))


def _held(wanted: Mapping[int, MarkState], actor: Actor) -> dict[Experience, list[ExperienceMark]]:
    """Return every mark of the experiences concerned, by experience, locked in one order."""
    of = ExperienceMark.objects.filter(pk__in=list(wanted), body_id=actor.body_id)
    numbers = set(of.values_list("experience_id", flat=True))
    found = Experience.objects.filter(pk__in=numbers).order_by("pk").select_for_update(of=("self",))
    experiences = {each.pk: each for each in found}
    held: dict[Experience, list[ExperienceMark]] = {each: [] for each in experiences.values()}
    for mark in ExperienceMark.objects.filter(experience__in=numbers).order_by("begin"):
        held[experiences[mark.experience_id]].append(mark)
    return held


def _given(numbers: set[int], actor: Actor, reason: str, as_of: datetime) -> dict[int, str]:
    """Return the words as given of these experiences, opened and logged."""
    if not numbers:
        return {}
    contexts = {of_experience(number): number for number in sorted(numbers)}
    found = open_many(Purpose.WORDS, contexts, actor=actor, reason=reason, as_of=as_of)
    return {contexts[context]: words.decode() for context, words in found.items()}


def _apply(
    done: Sequence[ExperienceMark],
    held: Mapping[Experience, Sequence[ExperienceMark]],
    wanted: Mapping[int, MarkState],
    given: Mapping[int, str],
) -> None:
    """Set the states, and write the answers anew that change by it."""
    for experience, marks in held.items():
        concerned = [mark for mark in marks if mark.pk in wanted]
        if hidden_again := [m for m in concerned if m.state == MarkState.RESTORED]:
            experience.answer = _without(experience, marks, hidden_again)
        for mark in concerned:
            mark.state = wanted[mark.pk]
        if experience.pk in given:
            experience.answer = answer_of(given[experience.pk], marks, experience.language)
        if experience.pk in given or hidden_again:
            Experience.objects.filter(pk=experience.pk).update(answer=experience.answer)
    ExperienceMark.objects.bulk_update(done, ["state"])


def _without(
    experience: Experience, marks: Sequence[ExperienceMark], hidden: Sequence[ExperienceMark]
) -> str:
    """Return the answer without words that were put back before: nothing sealed is needed."""
    answer = experience.answer
    for mark, begin, end in reversed(places_in_answer(marks, experience.language)):
        if mark in hidden:
            instead = mark.stands_in(experience.language)
            answer = answer[:begin] + instead + answer[end:]
    return answer


def _note(done: Sequence[ExperienceMark], actor: Actor, as_of: datetime) -> None:
    assert actor.user is not None  # noqa: S101  # the system decides nothing about marks
    MarkDecision.objects.bulk_create(
        MarkDecision(body=actor.body, mark=mark, state=mark.state, by=actor.user, at=as_of)
        for mark in done
    )


def take_out_words(experience: Experience, words: str, *, actor: Actor, as_of: datetime) -> int:
    """Take more words out of an answer, wherever they stand in it; return at how many places.

    They are sealed with the words as given. Where nothing was taken out before and there is no key,
    they are gone for good: what tells who somebody is does not stay because a key is missing.

    Raises:
        NotInTheWords: they do not stand there, or are hardly any.
    """
    kept = Experience.objects.select_for_update(of=("self",)).get(pk=experience.pk)
    marks = list(ExperienceMark.objects.filter(experience=kept).order_by("begin"))
    wanted = words.strip()
    spots = _spots(kept, marks, wanted)
    if len(wanted) < SHORTEST or not spots:
        raise NotInTheWords(wanted)
    there = marks[0].kept if marks else sealed(kept, kept.answer, as_of)
    added = ExperienceMark.objects.bulk_create(
        ExperienceMark(
            body_id=kept.body_id,
            experience=kept,
            sort=Sort.NAME,
            begin=given_place(marks, kept.language, spot),
            end=given_place(marks, kept.language, spot) + len(wanted),
            kept=there,
            found_by=FoundBy.PERSON,
            state=MarkState.CONFIRMED,
        )
        for spot in spots
    )
    answer, instead = kept.answer, added[0].stands_in(kept.language)
    for spot in reversed(spots):
        answer = answer[:spot] + instead + answer[spot + len(wanted) :]
    Experience.objects.filter(pk=kept.pk).update(answer=answer)
    _take_from_sign(kept.pk, wanted)
    _note(added, actor, as_of)
    return len(spots)


def _take_from_sign(experience_id: int, words: str) -> None:
    """Take what holds these words out of a sign; what staff saw stays as they said it.

    The sorts stay, so that it is looked at all the same.
    """
    wanted = words.casefold()
    for sign in ExperienceSign.objects.filter(experience=experience_id).select_for_update():
        found = [
            each
            for each in sign.found
            if each["sort"] == SEEN or wanted not in each["words"].casefold()
        ]
        if found != sign.found:
            ExperienceSign.objects.filter(pk=sign.pk).update(found=found)


def _spots(experience: Experience, marks: Sequence[ExperienceMark], words: str) -> list[int]:
    """Return where some words stand in an answer, and not in what stands for others."""
    low, wanted = experience.answer.casefold(), words.casefold()
    if not wanted or len(low) != len(experience.answer):
        low, wanted = experience.answer, words
    taken = [(begin, end) for _, begin, end in places_in_answer(marks, experience.language)]
    spots, place = [], low.find(wanted)
    while wanted and place >= 0:
        end = place + len(wanted)
        whole = not (low[place - 1 : place].isalnum() or low[end : end + 1].isalnum())
        if whole and all(end <= begun or ended <= place for begun, ended in taken):
            spots.append(place)
        place = low.find(wanted, end)
    return spots
