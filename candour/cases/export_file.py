"""Reads and checks an export of case logs. Needs nothing but the file: no database, no Django.

`candour.cases.exporting` says what stands in one.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from candour.cases.checking import CaseLog, Checking, LogRow, Report

FIRST = {"candour": "case logs", "format": 1}


class NotAnExport(ValueError):
    """A file is not an export of case logs, or not a whole one."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(
            f"{path}, line {line}: {why}. Make the export again: candour verify --write-export FILE"
        )


def verify_export(path: Path) -> Report:
    """Return whether the logs in an export are as they were recorded. Needs no database.

    Raises:
        NotAnExport: it is none, or its end is missing.
        OSError: it cannot be read.
    """
    checking = Checking()
    with path.open(encoding="utf-8", errors="strict") as file:
        reading = _Reading(path, file)
        for log in reading.logs():
            checking.take(log)
        if reading.totals != (checking.cases, checking.entries):
            raise NotAnExport(
                path, reading.line, "the last line does not count what is in the file"
            )
    return checking.report()


class _Reading:
    """An export read line by line."""

    def __init__(self, path: Path, file: IO[str]) -> None:
        self.path = path
        self.line = 0
        self.totals = (0, 0)
        self._file = file
        self._waiting: dict[str, Any] = {}

    def logs(self) -> Iterator[CaseLog]:
        """Yield the logs; the rows of each must be read before the next."""
        if self._next() != FIRST:
            raise self._fault("this is not an export of case logs in format 1")
        self._next()
        while "case" in self._waiting:
            case = self._waiting
            try:
                end = bytes.fromhex(case["end"])
                yield CaseLog(str(case["case"]), int(case["entries"]), end, self._rows())
            except (KeyError, TypeError, ValueError) as error:
                raise self._fault("a case is not written as it should be") from error
        if self._waiting.keys() != {"cases", "entries"}:
            raise self._fault("the file ends before its last line")
        self.totals = (self._waiting["cases"], self._waiting["entries"])

    def _rows(self) -> Iterator[LogRow]:
        while "seq" in self._next():
            row = self._waiting
            try:
                yield (
                    int(row["seq"]),
                    row["entry"].encode(),
                    bytes.fromhex(row["after"]),
                    bytes.fromhex(row["hash"]),
                )
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise self._fault("an entry is not written as it should be") from error

    def _next(self) -> dict[str, Any]:
        self.line += 1
        try:
            text = self._file.readline()
            found = json.loads(text) if text else {}
        except ValueError as error:
            raise self._fault("it cannot be read") from error
        if not isinstance(found, dict):
            raise self._fault("it is not one of the lines that an export has")
        self._waiting = found
        return found

    def _fault(self, why: str) -> NotAnExport:
        return NotAnExport(self.path, self.line, why)
