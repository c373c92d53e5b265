"""What keeps a case from going on under another procedure."""

from collections.abc import Iterator

from candour.engine.conditions import Reason
from candour.engine.entries import Draft
from candour.engine.errors import UnknownProcedure, nearest
from candour.engine.procedure import Procedure
from candour.engine.standing import Standing
from candour.engine.words import Words

NAMED = ("procedure", "version")
UNTIL = ("from_procedure", "from_version")


def change_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    """Yield why the case may not go on as this draft of `procedure_changed` says."""
    data, now = draft.data, standing.procedure
    if tuple(data[name] for name in UNTIL) != (now.name, now.version):
        yield _bar(
            f"This case runs on version {now.version} of {now.title.en}. Look at the change anew.",
            f"Mae’r achos hwn o dan fersiwn {now.version} o {now.title.text('cy')}.",
            "from_version",
        )
    if tuple(data[name] for name in NAMED) == (now.name, now.version) and not data.get("to_body"):
        yield _bar(
            "The case runs on this procedure in this version already.",
            "Mae’r achos eisoes o dan y fersiwn hon o’r weithdrefn hon.",
            "version",
        )
    if standing.chronicle and draft.happened_at < standing.chronicle[-1].happened_at:
        last = standing.chronicle[-1].happened_at.date().isoformat()
        yield _bar(
            f"Things are on record until {last}: the change cannot come before them.",
            f"Mae pethau ar gofnod hyd {last}: ni all y newid ddod o’u blaen.",
            "happened_at",
        )
    try:
        new = standing.library(data["procedure"], data["version"])
    except UnknownProcedure as error:
        yield _bar(str(error), "", "version")
    else:
        yield from _step_bars(standing, new, data.get("goes_on_at") or "")


def _step_bars(standing: Standing, new: Procedure, chosen: str) -> Iterator[Reason]:
    here = standing.procedure.steps[standing.step].title
    step = new.steps.get(chosen or standing.step)
    if step is None:
        there_are = ", ".join(step.id for step in new.steps.values() if not step.final)
        yield _bar(
            f"{new.title.en} has no step “{chosen}”.{nearest(chosen, new.steps)}"
            if chosen
            else f"{new.title.en} has no step {here.en}. Say where the case goes on: {there_are}.",
            f"Nid oes cam o’r fath yn {new.title.text('cy')}. Dewiswch: {there_are}.",
            "goes_on_at",
        )
    elif step.final:
        yield _bar(
            f"{step.title.en} closes a case. Choose a step where it goes on.",
            f"Mae {step.title.text('cy')} yn cau achos. Dewiswch gam lle mae’n parhau.",
            "goes_on_at",
        )


def _bar(en: str, cy: str, field: str) -> Reason:
    return Reason(Words(en, cy), field=field)
