"""Why a case would change, in sentences: for people who look at one case of many."""

from candour.engine import Comparison, DutyMoved, OpenDuty
from candour.engine.words import Words

MOST_SAID = 12  # sentences about one case of many

Said = tuple[str, str]


def why(found: Comparison, most: int = MOST_SAID) -> list[Said]:
    """Return what would be otherwise in one case: sentences in English and in Welsh."""
    late = {owed.key for owed in found.turn_late}
    said = [_said("turns late", "yn mynd yn hwyr", owed) for owed in found.turn_late]
    said += [_moved(pair) for pair in found.move if pair.after.key not in late]
    said += [_said("appears", "yn ymddangos", o) for o in found.appear if o.key not in late]
    said += [_said("goes", "yn diflannu", owed) for owed in found.go]
    said += [(f"Does not fit: {m.problem.message}",) * 2 for m in found.misfits]
    said += [_titled("opens", "yn agor", move.title) for move in found.opens]
    said += [_titled("shuts", "yn cau", move.title) for move in found.shuts]
    said += [_titled("is suggested", "yn cael ei awgrymu", a.title) for a in found.suggests]
    if found.elsewhere:
        was, now = found.before.step.title, found.after.step.title
        said.insert(
            0, (f"At {now.en}, not at {was.en}", f"Yn {now.text('cy')}, nid {was.text('cy')}")
        )
    return said[:most]


def _titled(en: str, cy: str, title: Words) -> Said:
    return f"{title.en}: {en}", f"{title.text('cy')}: {cy}"


def _said(en: str, cy: str, owed: OpenDuty) -> Said:
    when = owed.due.on.isoformat() if owed.due.on else "?"
    title = owed.duty.title
    return f"{title.en}: {en} (due {when})", f"{title.text('cy')}: {cy} (erbyn {when})"


def _moved(pair: DutyMoved) -> Said:
    was, now = (str(owed.due.on or "?") for owed in (pair.before, pair.after))
    title = pair.after.duty.title
    return f"{title.en}: {was} → {now}", f"{title.text('cy')}: {was} → {now}"
