"""Conditions on the actions of the plan that an entry is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from candour.engine.conditions.base import Situation, Timeless
from candour.engine.plans import Action, ActionState, actions_of
from candour.engine.words import Words

_DONE = (ActionState.DONE, ActionState.DONE_LATE, ActionState.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPlan(Timeless):
    """A condition on the plan that the draft names in its field `plan`."""

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def _actions(self, situation: Situation) -> tuple[Action, ...]:
        if situation.draft is None:
            return ()
        plan = str(situation.draft.data.get("plan") or "")
        return actions_of(situation.standing, plan, situation.moment)

    def _naming(self, actions: Iterable[Action]) -> tuple[Words, ...]:
        named = "; ".join(f"“{str(action.entry.data['action']).strip()}”" for action in actions)
        if not named:
            return ()
        return (
            Words(f"{self.says.en} {named}.".strip(), f"{self.says.text('cy')} {named}.".strip()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsSmart(AboutPlan):
    """No action of the plan that is still to be done falls short of being SMART."""

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the actions that fall short."""
        actions = self._actions(situation)
        return self._naming(a for a in actions if a.shortfalls and a.state not in _DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsDone(AboutPlan):
    """Every action of the plan is done."""

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names the actions still to be done."""
        return self._naming(a for a in self._actions(situation) if a.state not in _DONE)
