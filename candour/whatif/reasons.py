"""Why a case would change, in sentences: for people who look at one case of many."""

from candour.engine import Comparison, DutyMoved, OpenDuty
from candour.engine.clock_words import write_day
from candour.engine.words import Language, Words

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
    title = owed.duty.title
    return (
        f"{title.en}: {en} (due {_day(owed, 'en')})",
        f"{title.text('cy')}: {cy} (erbyn {_day(owed, 'cy')})",
    )


def _moved(pair: DutyMoved) -> Said:
    title = pair.after.duty.title
    en, cy = (
        f"{title.text(language)}: {_day(pair.before, language)} → {_day(pair.after, language)}"
        for language in ("en", "cy")
    )
    return en, cy


def _day(owed: OpenDuty, language: Language) -> str:
    return write_day(owed.due.on, language) if owed.due.on else "?"
