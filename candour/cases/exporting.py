"""Case logs in a file that anybody can check, with this program or one of their own.

One JSON object to a line, in UTF-8:

    {"candour": "case logs", "format": 1}
    {"case": "CV-2026-0042", "entries": 2, "end": "<hash of the last entry, in hexadecimal>"}
    {"seq": 1, "after": "<hash>", "hash": "<hash>", "entry": "<the entry's canonical JSON>"}
    …
    {"cases": 1, "entries": 2}

`candour.cases.chain` says how the hashes are made.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from candour.cases.checking import CaseLog, Checking, LogRow, Report
from candour.cases.export_file import FIRST
from candour.cases.verification import logs, one_view


def write_export(path: Path, ref: str | None = None) -> Report:
    """Write the logs of all cases, or of one, to a new file that only its owner may read.

    The file appears when it is whole, and not before.

    Returns:
        What checking the logs on the way came to.

    Raises:
        NoCaseOfThatNumber: no case has this number.
        FileExistsError: there is such a file already.
        OSError: it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with (
            open(draft, "x", encoding="utf-8", opener=_for_owner_alone) as file,
            one_view() as auditor,
        ):
            checking = Checking()
            _line(file, FIRST)
            for log in logs(auditor, ref):
                _line(file, {"case": log.ref, "entries": log.seq, "end": log.head_hash.hex()})
                checking.take(CaseLog(log.ref, log.seq, log.head_hash, _written(file, log)))
            _line(file, {"cases": checking.cases, "entries": checking.entries})
        os.link(draft, path)  # fails where there is one: nothing is overwritten
    finally:
        draft.unlink(missing_ok=True)
    return checking.report()


def _written(file: IO[str], log: CaseLog) -> Iterator[LogRow]:
    """Yield the rows of a log once each is in the file."""
    for row in log.rows:
        seq, payload, after, digest = row
        entry = json.dumps(payload.decode(), ensure_ascii=False)
        file.write(
            f'{{"seq": {seq}, "after": "{after.hex()}", "hash": "{digest.hex()}", '
            f'"entry": {entry}}}\n'
        )
        yield row


def _line(file: IO[str], values: dict[str, Any]) -> None:
    file.write(json.dumps(values, ensure_ascii=False) + "\n")


def _for_owner_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
