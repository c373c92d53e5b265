"""What a worker does for coding: makes a machine, and looks at what is new."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.db import transaction

from candour.bodies.models import Body
from candour.coding import actions, queries
from candour.coding.applying import coded_by_machine
from candour.coding.keeping import card_of, from_bytes, to_bytes
from candour.coding.learning import (
    Example,
    Learned,
    Suggestion,
    TooFewExamplesError,
    learn,
    suggest,
    suggest_sentiment,
)
from candour.coding.models import Code, LearnedModel, Learning, NewExperiences, Suggested
from candour.experiences.models import Experience

BATCH: Final = 1_000
MOST_WAITING: Final = 20_000  # of what waits to be coded, so many get suggestions of a new machine


def learn_for(body: Body, as_of: datetime) -> LearnedModel | None:
    """Make a machine from a body's coding and let it suggest; None where nobody asked, or it fails.

    Why it fails is kept for whoever asked. Doing it twice makes no second machine.
    """
    asked = Learning.objects.filter(body=body, ended_at__isnull=True).first()
    if asked is None:
        return None
    coded = queries.examples_of(body)
    try:
        learned = learn(
            [Example(c.words, c.question, frozenset(c.themes), c.sentiment) for c in coded]
        )
    except TooFewExamplesError as fault:
        _ended(asked, as_of, str(fault))
        return None
    machine = to_bytes(learned)
    with transaction.atomic():
        model = LearnedModel.objects.create(
            body=body,
            learned_at=as_of,
            learned_by=asked.asked_by,
            examples=learned.examples,
            card=card_of(learned),
            machine=machine,
            sha256=hashlib.sha256(machine).hexdigest(),
        )
        waiting = list(queries.to_code(body)[:MOST_WAITING])
        Suggested.objects.filter(body=body).delete()
        sure: dict[int, dict[str, int]] = {}
        for batch in _batches(waiting):
            sure |= _suggest(batch, learned, model)
        _drop_what_went(waiting)
        coded_by_machine(sure, model_id=model.pk, as_of=as_of)  # last: nobody waits for its locks
        actions.watch(body.pk)
        _ended(asked, as_of)
    return model


def look_at_new(body: Body, as_of: datetime, at_most: int = BATCH) -> bool:
    """Look at some of a body's new experiences, and return whether there may be more.

    Themes that became others become them here too, and its machine suggests; a theme that the body
    lets it apply by itself is applied where it is sure enough.
    """
    with transaction.atomic():
        span = NewExperiences.objects.filter(body=body).order_by("pk").select_for_update().first()
        if span is None:
            return False
        new = list(
            Experience.objects.filter(body=body, pk__range=(span.first, span.last))
            .select_for_update(of=("self",))
            .order_by("pk")[:at_most]
        )
        if new:
            _let_become(body, new, as_of)
            _suggest_for_new(body, new, as_of)
        if len(new) < at_most:
            span.delete()
        else:
            span.first = new[-1].pk + 1
            span.save(update_fields=["first"])
    return True


def _let_become(body: Body, new: Sequence[Experience], as_of: datetime) -> None:
    themes = {theme for each in new for theme in each.themes}
    changed = Code.objects.filter(body=body, theme__in=themes, became__isnull=False)
    for code in changed.select_related("became"):
        if code.became is not None:
            among = (new[0].pk, new[-1].pk)
            actions.recode(code, code.became, by=None, as_of=as_of, among=among)


def _suggest_for_new(body: Body, new: Sequence[Experience], as_of: datetime) -> None:
    model = queries.newest_model(body)
    coded = queries.coded_by_people(each.pk for each in new)
    uncoded = [
        each for each in new if not each.themes and each.out_since is None and each.pk not in coded
    ]
    if model is not None and uncoded:
        sure = _suggest(uncoded, machine_of(model), model)
        coded_by_machine(sure, model_id=model.pk, as_of=as_of)


def machine_of(model: LearnedModel) -> Learned:
    """Return the machine of a model, read once by a process.

    Raises:
        TamperedMachineError: what is kept is not what was learned.
    """
    return _read(model.pk)


@lru_cache(maxsize=4)
def _read(model_id: int) -> Learned:
    held = LearnedModel.objects.get(pk=model_id)
    return from_bytes(bytes(held.machine), held.sha256, held.card)


def _suggest(
    batch: Sequence[Experience], learned: Learned, model: LearnedModel
) -> dict[int, dict[str, int]]:
    """Keep what a machine suggests for these, and return what the body lets it apply."""
    texts = [Example(each.answer, each.question) for each in batch]
    fitting, feelings = suggest(learned, texts), suggest_sentiment(learned, texts)
    sure_from = _sure_from(model.body, learned)
    rows, alone = [], dict[int, dict[str, int]]()
    for experience, found, feeling in zip(batch, fitting, feelings, strict=True):
        sure = {
            each.theme: each.percent
            for each in found
            if each.theme in sure_from and each.score >= sure_from[each.theme]
        }
        if sure:
            alone[experience.pk] = sure
        rows.append(
            Suggested(
                body=model.body,
                experience=experience,
                model=model,
                themes=[_as_json(each) for each in found],
                sentiment=feeling,
            )
        )
    # What came in a moment ago may be suggested for by two jobs at once: the later one holds.
    Suggested.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["experience"],
        update_fields=["model", "themes", "sentiment"],
    )
    return alone


def _drop_what_went(read: Sequence[Experience]) -> None:
    """Delete what is suggested for words that changed, or went, while the machine read them.

    A suggestion holds words of the answer, and must not outlive them there.
    """
    held = Experience.objects.in_use().filter(pk__in=[each.pk for each in read]).order_by("pk")
    now = {each.pk: each.answer for each in held.only("answer").select_for_update(of=("self",))}
    gone = [each.pk for each in read if now.get(each.pk) != each.answer]
    Suggested.objects.filter(pk__in=gone).delete()


def _sure_from(body: Body, learned: Learned) -> dict[str, float]:
    """Return from where on each theme is applied without a person."""
    found = {
        theme: learned.curves[theme].sure_enough(leave.percent / 100)
        for theme, leave in queries.applied_alone(body).items()
        if theme in learned.curves
    }
    return {theme: score for theme, score in found.items() if score is not None}


def _as_json(each: Suggestion) -> dict[str, Any]:
    return {"theme": each.theme, "percent": each.percent, "because": list(each.because)}


def _batches(waiting: Iterable[Experience]) -> Iterable[list[Experience]]:
    found = list(waiting)
    return (found[first : first + BATCH] for first in range(0, len(found), BATCH))


def _ended(asked: Learning, as_of: datetime, fault: str = "") -> None:
    """End what was asked for; what somebody asked for meanwhile waits for a job of its own."""
    same = Learning.objects.filter(pk=asked.pk, asked_at=asked.asked_at)
    same.update(ended_at=as_of, fault=fault)
