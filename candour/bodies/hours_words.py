"""Hours as people write them: read into rules, and written back in one plain form.

“Monday to Friday 8.30am to 5pm, closed 12.30pm to 1.30pm; closed on bank holidays in Wales” is
written back as ``Mon-Fri 08:30-12:30, 13:30-17:00; closed on bank holidays in Wales``. English and
Welsh names of days are read. What cannot be read is refused with the word that stands in the way:
hours guessed wrongly send somebody to a closed door.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from candour.bodies import hours_refused as refused
from candour.bodies.hours import ALWAYS, MIDNIGHT, OTHERWISE, UNKNOWN, WEEK, Hours, Sort, Stretch
from candour.bodies.hours_refused import HoursError

__all__ = ["HoursError", "read_hours", "runs", "write_hours"]

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NATIONS: Final = {"england": "in England", "wales": "in Wales", "uk-any": "anywhere in the UK"}

_WHOLE: Final = (
    (UNKNOWN, r"|unknown|not known|hours not known|ddim yn hysbys"),
    (ALWAYS, r"always|at all times|24 ?hours?( a day)?|24 ?/ ?7|24 awr( y dydd)?|bob amser"),
    (
        OTHERWISE,
        r"out of hours|otherwise|at all other times|nights,? weekends,? and bank holidays"
        r"|y tu allan i oriau( swyddfa)?|bob adeg arall",
    ),
)
_DAY = (
    r"mon(?:day)?|(?:dydd )?llun",
    r"tue(?:s|sday)?|(?:dydd )?mawrth|maw",
    r"wed(?:nesday)?|(?:dydd )?mercher|mer",
    r"thu(?:r|rs|rsday)?|(?:dydd )?iau",
    r"fri(?:day)?|(?:dydd )?gwener|gwe",
    r"sat(?:urday)?|(?:dydd )?sadwrn|sad",
    r"sun(?:day)?|(?:dydd )?sul",
)
_TOKENS = re.compile(
    r"\s*(?:"
    r"(?P<holidays>(?:on )?(?:public |bank )holidays?|(?:ar )?(?:wyliau|gwyliau|ŵyl|gŵyl) banc)"
    r"|(?P<nation>(?:in |yng |yn )?(?:england|lloegr|wales|nghymru|cymru)|anywhere in the uk)"
    r"|(?P<daily>every day|daily|bob dydd)|(?P<weekdays>weekdays?)|(?P<weekends>weekends?)"
    + "".join(rf"|(?P<day{number}>(?:{names})s?)\b\.?" for number, names in enumerate(_DAY))
    + r"|(?P<noon>(?:12 )?(?:noon|midday)|hanner dydd)|(?P<midnight>(?:12 )?midnight|hanner nos)"
    r"|(?P<time>(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap]\.?m\b\.?|y[bp]\b)?)"
    r"|(?P<to>to\b|until\b|till\b|-|i\b|tan\b)|(?P<shut>closed|except|shut|ar gau|heblaw)"
    r"|(?P<open>open|ar agor)|(?P<join>,|and\b|a\b|ac\b|&|on\b|from\b|o\b)|(?P<end>;|\n|\.)"
    r")"
)


def read_hours(text: str, *, holidays_of: str = "england") -> Hours:
    """Return the hours that a text tells. A text that says nothing of bank holidays closes on them.

    Args:
        text: days and times, “always”, “out of hours”; empty where the hours are not known.
        holidays_of: whose bank holidays are meant where the text does not say.

    Raises:
        HoursError: a word of it is not understood, or leaves something open.
    """
    plain = " ".join(text.replace("–", "-").replace("—", "-").casefold().split(" ")).strip()
    for hours, written in _WHOLE:
        if re.fullmatch(written, plain):
            return hours
    return _Reading(_tokens(plain), holidays_of).hours()


def write_hours(hours: Hours) -> str:
    """Return hours in their one plain form, which `read_hours` reads back as they are."""
    if hours.sort is not Sort.KEPT:
        return {Sort.ALWAYS: "always", Sort.OTHERWISE: "out of hours"}.get(hours.sort, "")
    alike: dict[tuple[Stretch, ...], list[int]] = {}
    for day in WEEK:
        alike.setdefault(hours.week[day], []).append(day)
    parts = [f"{_days(days)} {_times(kept)}" for kept, days in alike.items() if kept]
    parts = parts or ["closed Mon-Sun"]
    whose = NATIONS[hours.holidays_of]
    if hours.on_holidays is None:
        return "; ".join([*parts, f"open on bank holidays {whose}"])
    special = f"bank holidays {whose} {_times(hours.on_holidays)}"
    return "; ".join([*parts, special if hours.on_holidays else f"closed on bank holidays {whose}"])


def runs(days: Iterable[int]) -> list[tuple[int, int]]:
    """Return days of the week as runs: the first and the last day of each."""
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        if found and day == found[-1][1] + 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _days(days: Iterable[int]) -> str:
    return ", ".join(DAYS[a] if a == b else f"{DAYS[a]}-{DAYS[b]}" for a, b in runs(days))


def _times(stretches: Iterable[Stretch]) -> str:
    return ", ".join(f"{_time(opens)}-{_time(closes)}" for opens, closes in stretches)


def _time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the text: what it is, as it was written, and its number where it has one."""

    sort: str
    text: str
    value: int = 0
    plain: bool = False  # a time without am or pm, of one digit: it may be either


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    place = 0
    while text[place:].strip():
        match = _TOKENS.match(text, place)
        if match is None or match.end() == place:
            raise refused.not_understood(text[place:].split(maxsplit=1)[0])
        found.append(_token(match))
        place = match.end()
    return found


def _token(match: re.Match[str]) -> _Token:
    # A group inside another is named too, so the one that is meant is the first that matched.
    sort = next(name for name, value in match.groupdict().items() if value is not None)
    text = match.group(sort).strip()
    if sort.startswith("day") and sort != "daily":
        return _Token("day", text, int(sort[3:]))
    if sort in ("noon", "midnight"):
        return _Token("time", text, MIDNIGHT // 2 if sort == "noon" else 0)
    if sort == "time":
        return _clock(match, text)
    return _Token(sort, text)


def _clock(match: re.Match[str], text: str) -> _Token:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").replace(".", "")
    if half in ("am", "pm", "yb", "yp"):
        if not 1 <= hour <= 12:
            raise refused.no_time(text)
        hour = hour % 12 + (12 if half in ("pm", "yp") else 0)
    elif match["minute"] is None:
        raise refused.morning_or_evening(text)
    total = hour * 60 + minute
    if minute > 59 or total > MIDNIGHT:
        raise refused.no_time(text)
    return _Token("time", text, total, plain=not half and len(match["hour"]) == 1)


@dataclass(slots=True)
class _Reading:
    """Reads a text statement by statement: days with times, closings, and bank holidays."""

    tokens: Sequence[_Token]
    holidays_of: str
    place: int = 0
    week: dict[int, list[Stretch]] = field(default_factory=dict)
    last: tuple[int, ...] = ()
    on_holidays: list[Stretch] | None = field(default_factory=list)

    def hours(self) -> Hours:
        while self.place < len(self.tokens):
            self._statement()
        return Hours.kept(self.week, on_holidays=self.on_holidays, holidays_of=self.holidays_of)

    def _statement(self) -> None:
        token = self._next()
        if token.sort in ("join", "end"):
            return
        if token.sort in ("shut", "open"):
            self._opening_or_closing(token)
        elif token.sort == "holidays":
            self._whose()
            self.on_holidays = self._stretches(token)
            if any(opens >= closes for opens, closes in self.on_holidays):
                raise refused.holiday_overnight()
        else:
            self.place -= 1
            self._day_and_times(token)

    def _opening_or_closing(self, token: _Token) -> None:
        self._pass("join")
        after = self._peek()
        if after == "holidays":
            self.place += 1
            self._whose()
            self.on_holidays = [] if token.sort == "shut" else None
        elif token.sort == "open":
            return
        elif after == "time":
            self._break(token)
        else:
            for day in self._days(token):
                self.week[day] = []

    def _break(self, token: _Token) -> None:
        """Take a break out of the days last spoken of."""
        if not self.last:
            raise refused.days_missing(token.text)
        for out in self._stretches(token):
            for day in self.last:
                kept = [part for each in self.week[day] for part in _without(each, out)]
                self.week[day] = kept

    def _day_and_times(self, token: _Token) -> None:
        self.last = tuple(self._days(token))
        stretches = self._stretches(token)
        for day in self.last:
            self.week[day] = [*self.week.get(day, []), *stretches]

    def _days(self, token: _Token) -> list[int]:
        named = {"daily": [*WEEK], "weekdays": [*range(5)], "weekends": [5, 6]}
        found: list[int] = []
        while self._peek() in ("day", *named):
            first = self._next()
            if first.sort != "day":
                found += named[first.sort]
            elif self._peek() == "to":
                self.place += 1
                if self._peek() != "day":
                    raise refused.days_missing(first.text)
                last = self._next().value
                found += [(first.value + step) % 7 for step in range((last - first.value) % 7 + 1)]
            else:
                found.append(first.value)
            if self._peek() == "join" and self._peek(1) in ("day", *named):
                self.place += 1
        if not found:
            raise refused.days_missing(token.text)
        return found

    def _stretches(self, token: _Token) -> list[Stretch]:
        found: list[Stretch] = []
        self._pass("join")
        while self._peek() == "time":
            opens = self._next()
            if self._peek() != "to" or self._peek(1) != "time":
                raise refused.end_missing(opens.text)
            self.place += 1
            found.append(_stretch(opens, self._next()))
            if self._peek() == "join" and self._peek(1) == "time":
                self.place += 1
        if not found:
            raise refused.times_missing(token.text)
        return found

    def _whose(self) -> None:
        if self._peek() == "nation":
            text = self._next().text
            english = text.endswith(("england", "lloegr"))
            self.holidays_of = "uk-any" if "uk" in text else "england" if english else "wales"

    def _next(self) -> _Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def _peek(self, further: int = 0) -> str:
        at = self.place + further
        return self.tokens[at].sort if at < len(self.tokens) else ""

    def _pass(self, sort: str) -> None:
        while self._peek() == sort:
            self.place += 1


def _stretch(opens: _Token, closes: _Token) -> Stretch:
    end = closes.value or MIDNIGHT
    if end <= opens.value and (opens.plain or closes.plain):
        late = closes if closes.plain else opens
        raise refused.overnight(f"{opens.text} – {closes.text}", late.text)
    return (opens.value, end)


def _without(kept: Stretch, out: Stretch) -> Iterable[Stretch]:
    """Return what is left of a stretch when another is taken out of it."""
    parts = ((kept[0], min(kept[1], out[0])), (max(kept[0], out[1]), kept[1]))
    return [part for part in parts if part[0] < part[1]]
