"""The result of a what-if as JSON values: what the command prints with `--json`, and what is kept.

Titles are in both languages. The shape is public: docs/what-if.md lays it out.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from candour.engine.procedure import Procedure
from candour.engine.vocabulary import KINDS
from candour.engine.words import Words
from candour.policies.moments import written
from candour.whatif.tally import HAPPENINGS, LATER, OVERDUE, PAUSED, Asked, Tally

Report = dict[str, Any]
NONE = Words("(none)", "(dim)")
MOST_UNCOUNTED = 100


def report_of(asked: Asked, tally: Tally, present: Procedure) -> Report:
    """Return what was found out, as JSON values; `present` is what the cases run on."""
    both = (asked.draft, present)
    return {
        "procedure": _named(asked.draft),
        "instead_of": _named(present),
        "as_of": written(asked.as_of),
        "cases": tally.cases,
        "changed": tally.changed,
        "totals": _totals(tally),
        "duties": _duties(tally),
        "late": _late(tally, both),
        "weeks": _weeks(tally),
        "moves": _moves(tally),
        "suggests": _counted(tally.suggests, {a.id: a.title for a in asked.draft.autos}),
        "steps": _steps(tally, both),
        "misfits": _misfits(tally),
        "most": [
            {
                "case": one.ref,
                "title": one.title,
                "body": one.body,
                "changes": one.changes,
                "why": [{"en": en, "cy": cy} for en, cy in one.why],
            }
            for one in tally.most
        ],
        "uncounted": [{"case": ref, "why": said} for ref, said in tally.uncounted][:MOST_UNCOUNTED],
        "uncounted_cases": len(tally.uncounted),
    }


def _named(procedure: Procedure) -> Report:
    return {"name": procedure.name, "version": procedure.version, "title": _words(procedure.title)}


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "cy": words.text("cy")}


def _totals(tally: Tally) -> dict[str, int]:
    found = dict.fromkeys(HAPPENINGS, 0)
    for (_, what), count in tally.duties.items():
        found[what] += count
    for (_, what), count in tally.moves.items():
        found[what] = found.get(what, 0) + count
    return {
        "opens": 0,
        "shuts": 0,
        **found,
        "suggests": tally.suggests.total(),
        "elsewhere": tally.steps.total(),
        "misfits": tally.misfits.total(),
    }


def _duties(tally: Tally) -> list[Report]:
    """Return each duty with what happens to it, those with most changes first."""
    by_duty: dict[str, dict[str, int]] = {}
    for (duty_id, what), count in tally.duties.items():
        by_duty.setdefault(duty_id, dict.fromkeys(HAPPENINGS, 0))[what] = count
    ranked = sorted(by_duty.items(), key=lambda found: (-sum(found[1].values()), found[0]))
    found = []
    for duty_id, counts in ranked:
        en, cy, owner = tally.named["duty", duty_id]
        found.append({"duty": duty_id, "title": {"en": en, "cy": cy}, "owner": owner, **counts})
    return found


def _late(tally: Tally, both: tuple[Procedure, ...]) -> list[Report]:
    """Return, for each role at each body, how many of its duties turn late, or no longer are."""
    roles = {
        role.id: role.title for procedure in reversed(both) for role in procedure.roles.values()
    }
    whose = sorted({(role, body) for role, body, _ in tally.late})
    rows = [
        {
            "role": role,
            "title": _words(roles.get(role, Words(role))),
            "body": body,
            "turn_late": tally.late[role, body, "turn_late"],
            "no_longer_late": tally.late[role, body, "no_longer_late"],
        }
        for role, body in whose
    ]
    return sorted(rows, key=lambda row: -row["turn_late"])


def _weeks(tally: Tally) -> list[Report]:
    """Return the duties owed before and after: overdue, week by week, later, and paused."""
    names = (OVERDUE, *(day.isoformat() for day in tally.mondays()), LATER, PAUSED)
    return [
        {"week": name, "before": tally.weeks_before[name], "after": tally.weeks_after[name]}
        for name in names
    ]


def _moves(tally: Tally) -> list[Report]:
    found = []
    for move_id in sorted({move_id for move_id, _ in tally.moves}):
        en, cy, _ = tally.named["move", move_id]
        opens, shuts = (tally.moves[move_id, what] for what in ("opens", "shuts"))
        title = {"en": en, "cy": cy}
        found.append({"move": move_id, "title": title, "opens": opens, "shuts": shuts})
    return found


def _counted(counts: Counter[str], titles: Mapping[str, Words]) -> list[Report]:
    return [
        {"id": name, "title": _words(titles.get(name, Words(name))), "cases": count}
        for name, count in counts.most_common()
    ]


def _steps(tally: Tally, both: tuple[Procedure, ...]) -> list[Report]:
    def title(step: str) -> dict[str, str]:
        return _words(next((p.steps[step].title for p in both if step in p.steps), NONE))

    return [
        {"from": was, "to": now, "from_title": title(was), "to_title": title(now), "cases": count}
        for (was, now), count in tally.steps.most_common()
    ]


def _misfits(tally: Tally) -> list[Report]:
    return [
        {
            "kind": kind,
            "title": _words(KINDS[kind].title),
            "field": name,
            "problem": said,
            "cases": count,
            "example": tally.example[kind, name, said],
        }
        for (kind, name, said), count in tally.misfits.most_common()
    ]
