"""A what-if in plain lines, for the terminal: totals, lists, and the weeks as bars."""

from collections.abc import Iterator

from candour.whatif.reports import Report
from candour.whatif.tally import LATER, OVERDUE, PAUSED

BAR = 40  # characters of the longest bar
MOST_LISTED = 20
SAID = {
    "appear": "duties appear",
    "go": "duties go",
    "later": "duties are due later",
    "sooner": "duties are due sooner",
    "turn_late": "duties turn late",
    "no_longer_late": "duties are late no longer",
    "opens": "moves open",
    "shuts": "moves shut",
    "suggests": "suggestions come",
    "elsewhere": "cases would be at another step",
    "misfits": "things on record do not fit",
}
SHORT = {
    "appear": "appear {}",
    "go": "go {}",
    "later": "later {}",
    "sooner": "sooner {}",
    "turn_late": "turn late {}",
    "no_longer_late": "late no longer {}",
}
WEEKS = {OVERDUE: "overdue", LATER: "later", PAUSED: "clock paused"}


def lines_of(report: Report) -> Iterator[str]:
    """Yield a report line by line."""
    draft, present = report["procedure"], report["instead_of"]
    yield f"What if {draft['title']['en']}, version {draft['version']} [{draft['name']}],"
    yield f"held in place of {present['title']['en']}, version {present['version']}?"
    yield f"As of {report['as_of']}. Nothing was written."
    yield ""
    yield f"{report['cases']:,} cases looked at; {report['changed']:,} would change."
    yield from _totals(report)
    yield from _section("Duties", [_duty(row) for row in report["duties"]])
    yield from _section("Who becomes late", [_late(row) for row in report["late"]])
    yield from _section("Moves", [_move(row) for row in report["moves"]])
    steps = [
        f"{row['from_title']['en']} → {row['to_title']['en']}: {row['cases']:,}"
        for row in report["steps"]
    ]
    yield from _section("Cases that would be at another step", steps)
    yield from _section("Does not fit", [_misfit(row) for row in report["misfits"]])
    yield from ("", "Duties due by week (█ now, ░ under the draft)", *_weeks(report["weeks"]))
    yield from _most(report)
    cannot = [f"{row['case']}: {row['why']}" for row in report["uncounted"]]
    yield from _section(f"Cases that cannot be counted: {report['uncounted_cases']:,}", cannot)


def _totals(report: Report) -> Iterator[str]:
    counts = [(count, SAID[name]) for name, count in report["totals"].items() if count]
    width = max((len(f"{count:,}") for count, _ in counts), default=0)
    for count, said in counts:
        yield f"  {count:>{width},}  {said}"


def _section(heading: str, listed: list[str]) -> Iterator[str]:
    if not listed:
        return
    yield from ("", heading)
    yield from (f"  {line}" for line in listed[:MOST_LISTED])
    if len(listed) > MOST_LISTED:
        yield f"  … and {len(listed) - MOST_LISTED:,} more (--json has all)"


def _duty(row: Report) -> str:
    happened = [said.format(f"{row[name]:,}") for name, said in SHORT.items() if row[name]]
    return f"{row['title']['en']} [{row['duty']}], {row['owner']}: {', '.join(happened)}"


def _late(row: Report) -> str:
    at = f" at {row['body']}" if row["body"] else ""
    said = f"{row['title']['en']}{at}: {row['turn_late']:,} turn late"
    return f"{said}, {row['no_longer_late']:,} no longer are" if row["no_longer_late"] else said


def _move(row: Report) -> str:
    return f"{row['title']['en']} [{row['move']}]: opens {row['opens']:,}, shuts {row['shuts']:,}"


def _misfit(row: Report) -> str:
    what = f"{row['title']['en']} ({row['kind']}): {row['problem']}"
    return f"{what} {row['cases']:,} cases, such as {row['example']}"


def _weeks(weeks: list[Report]) -> Iterator[str]:
    most = max(max(row["before"], row["after"]) for row in weeks) or 1
    for row in weeks:
        name = WEEKS.get(row["week"], row["week"])
        for label, count, mark in ((name, row["before"], "█"), ("", row["after"], "░")):
            bar = mark * -(-count * BAR // most)
            yield f"  {label:<12} {bar}{' ' if bar else ''}{count:,}"


def _most(report: Report) -> Iterator[str]:
    if not report["most"]:
        return
    yield from ("", "Cases that change most")
    for row in report["most"]:
        yield f"  {row['case']}  {row['title']}  ({row['changes']:,} changes)"
        yield from (f"      {said['en']}" for said in row["why"])
