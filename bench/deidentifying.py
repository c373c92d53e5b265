"""How well words are cleaned and signs found, and how fast: `python bench/deidentifying.py`.

Prints recall and precision by sort for both halves of the labelled sentences of tests/. With
CANDOUR_FEEDBACK_CSV naming the labelled survey of real comments, it also says how many of the names
are found that are put where the survey took names out, what is marked in all of it, and how many of
the comments are found that the survey's labellers called safeguarding concerns. None of its text is
printed or kept.
"""

import csv
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from candour.deidentifying import clean
from candour.safeguarding import signs_in
from tests.support.labelled import (
    Half,
    score_cleaning,
    score_signs,
    table,
    to_clean,
    to_look_at,
)

NAMES = ["Sarah", "Mohammed", "Priya", "Gareth", "Ngozi", "Zofia", "Tariq", "Siân", "Joan", "Kwame"]
TAKEN_OUT = re.compile(r"\[(?:nick)?name redacted\]", re.IGNORECASE)
TEXTS = 20_000


def speed(what: str, act: Callable[[str], object], texts: list[str]) -> None:
    begun = time.perf_counter()
    for text in texts:
        act(text)
    spent = time.perf_counter() - begun
    print(f"{what:24}{len(texts) / spent:10,.0f} texts a second")


def both(text: str) -> None:
    signs_in(clean(text, language="en").text)


def real(path: Path) -> list[str]:
    with path.open(encoding="utf-8", errors="replace", newline="") as handle:
        rows = list(csv.DictReader(handle))
    texts = [row["FFT answer"] for row in rows]
    names, there, found = cycle(NAMES), 0, 0
    for text in texts:
        for place in TAKEN_OUT.finditer(text):
            name = next(names)
            before = TAKEN_OUT.sub("somebody", text[: place.start()])
            whole = before + name + TAKEN_OUT.sub("somebody", text[place.end() :])
            there += 1
            found += name not in clean(whole, language="en").text
    print(f"\nReal comments: {len(texts):,}")
    print(f"made-up names where names were taken out: {found} of {there} found")
    marks = Counter(mark.sort.value for text in texts for mark in clean(text, language="en").marks)
    print(f"marked in all of it: {dict(marks)}")
    concerns = [row["FFT answer"] for row in rows if row["Safeguarding concerns?"].strip() == "1"]
    seen = sum(bool(signs_in(text)) for text in concerns)
    listed = sum(bool(signs_in(text)) for text in texts)
    print(f"labelled safeguarding concerns: {seen} of {len(concerns)} on the list")
    print(f"comments on the list: {listed} of {len(texts):,}")
    return texts


def main() -> None:
    for half in Half:
        print(f"\nCleaning, {half} half ({len(to_clean(half))} sentences)")
        print("\n".join(table(score_cleaning(to_clean(half)))))
    for half in Half:
        print(f"\nSigns, {half} half ({len(to_look_at(half))} texts)")
        print("\n".join(table(score_signs(to_look_at(half)))))
    given = os.environ.get("CANDOUR_FEEDBACK_CSV")
    texts = real(Path(given)) if given else [each.text for each in to_clean()]
    texts = [text for text, _ in zip(cycle(texts), range(TEXTS), strict=False)]
    print()
    speed("cleaning", lambda text: clean(text, language="en"), texts)
    speed("signs", signs_in, texts)
    speed("both, as files come in", both, texts)


if __name__ == "__main__":
    main()
