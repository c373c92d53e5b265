"""Proofs as lines for a person to read, in English and Welsh."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from candour.engine.clock_words import Unit, write_day, write_moment
from candour.engine.london import local
from candour.engine.words import Language

if TYPE_CHECKING:
    from candour.engine.proofs import Proof, ProofDay

# A run of counted days longer than a working week is said in one line.
LONG_RUN = 7

_TEXTS: Final[Mapping[Language, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "header": "{words} {start}",
            "listed": "{words}: {start}",
            "calendar": "{header}, on the calendar {calendar}",
            "nth": "{words}, number {n}",
            "day": "{day}: day {number}",
            "month": "{day}: month {number}",
            "year": "{day}: year {number}",
            "run": "{first} to {last}: days {number} to {last_number}",
            "skipped": "{day}: not counted, {reason}",
            "landed": "{day}: {reason}",
            "paused": "Paused from {begins} to {ends}",
            "open": "Paused from {begins}, and still",
            "forward": "The clocks go forward by {minutes} minutes in between",
            "back": "The clocks go back by {minutes} minutes in between",
            "due": "Due {due}",
            "unknown": "Not known while the pause lasts",
        },
        "cy": {
            "header": "{words} {start}",
            "listed": "{words}: {start}",
            "calendar": "{header}, ar y calendr {calendar}",
            "nth": "{words}, rhif {n}",
            "day": "{day}: diwrnod {number}",
            "month": "{day}: mis {number}",
            "year": "{day}: blwyddyn {number}",
            "run": "{first} i {last}: diwrnodau {number} i {last_number}",
            "skipped": "{day}: heb ei gyfrif, {reason}",
            "landed": "{day}: {reason}",
            "paused": "Oedi o {begins} i {ends}",
            "open": "Oedi o {begins}, ac yn parhau",
            "forward": "Mae’r clociau’n mynd ymlaen {minutes} munud yn y cyfamser",
            "back": "Mae’r clociau’n mynd yn ôl {minutes} munud yn y cyfamser",
            "due": "Erbyn {due}",
            "unknown": "Ni wyddys tra bo’r oedi’n parhau",
        },
    }
)


def proof_lines(proof: "Proof", language: Language) -> list[str]:
    """Return what was counted from when, each day or run of days met, and when it is due."""
    texts = _TEXTS[language]
    lines = [_header(proof, language)]
    lines += [_line(run, proof, language) for run in _runs(proof.days)]
    lines += _pauses(proof, language)
    if proof.due.moment:
        lines += _wall_clock(proof.start, proof.due.moment, texts)
        return [*lines, texts["due"].format(due=write_moment(local(proof.due.moment), language))]
    if proof.due.on:
        return [*lines, texts["due"].format(due=write_day(proof.due.on, language))]
    return [*lines, texts["unknown"]]


def _header(proof: "Proof", language: Language) -> str:
    texts = _TEXTS[language]
    clock, moment = proof.clock, local(proof.start)
    words = clock.words(language)
    if clock.repeats:
        words = texts["nth"].format(words=words, n=proof.occurrence)
    by_hours = clock.unit is Unit.HOUR
    start = write_moment(moment, language) if by_hours else write_day(moment.date(), language)
    form = "listed" if clock.repeats or not clock.amount else "header"
    header = texts[form].format(words=words, start=start)
    if clock.unit is Unit.WORKING_DAY or clock.on_holiday == "roll":
        return texts["calendar"].format(header=header, calendar=proof.calendar.name)
    return header


def _runs(days: Iterable["ProofDay"]) -> Iterator[list["ProofDay"]]:
    """Yield the days in order, a long run of plain counted days together, the others alone."""
    run: list[ProofDay] = []
    for met in days:
        if run and not _follows(run[-1], met):
            yield from _long_or_single(run)
            run = []
        run.append(met)
    yield from _long_or_single(run)


def _follows(before: "ProofDay", met: "ProofDay") -> bool:
    plain = before.counted and met.counted and not before.reason and not met.reason
    return plain and abs(met.day - before.day) == timedelta(days=1)


def _long_or_single(run: list["ProofDay"]) -> list[list["ProofDay"]]:
    return [run] if len(run) > LONG_RUN else [[met] for met in run]


def _line(run: list["ProofDay"], proof: "Proof", language: Language) -> str:
    texts = _TEXTS[language]
    met, last = run[0], run[-1]
    day = write_day(met.day, language)
    reason = met.reason_cy if language == "cy" else met.reason
    if not met.counted:
        form = "landed" if met.day == proof.due.on else "skipped"
        return texts[form].format(day=day, reason=reason)
    if met is not last:
        return texts["run"].format(
            first=day,
            last=write_day(last.day, language),
            number=met.number,
            last_number=last.number,
        )
    unit = proof.clock.unit if proof.clock.unit in (Unit.MONTH, Unit.YEAR) else Unit.DAY
    line = texts[unit].format(day=day, number=met.number)
    return f"{line} ({reason})" if reason else line


def _pauses(proof: "Proof", language: Language) -> Iterator[str]:
    texts = _TEXTS[language]
    until = proof.due.late_from
    for pause in proof.pauses:
        if (until and pause.begins >= until) or (pause.ends and pause.ends <= proof.start):
            continue
        begins = write_moment(local(pause.begins), language)
        if pause.ends:
            ends = write_moment(local(pause.ends), language)
            yield texts["paused"].format(begins=begins, ends=ends)
        else:
            yield texts["open"].format(begins=begins)


def _wall_clock(start: datetime, moment: datetime, texts: Mapping[str, str]) -> list[str]:
    """Return a line about clocks going forward or back between two instants, if they did."""
    before, after = local(start).utcoffset(), local(moment).utcoffset()
    minutes = int(((after or timedelta()) - (before or timedelta())).total_seconds()) // 60
    if not minutes:
        return []
    return [texts["forward" if minutes > 0 else "back"].format(minutes=abs(minutes))]
