"""How well themes are learned: `python bench/coding.py FILE.csv [--mapping nhs-fft]`.

Prints F1, precision and recall of each theme on the fifth of the file that was held out, how long
learning took and how fast it suggests. Nothing is kept.
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from candour.coding.keeping import to_bytes
from candour.coding.learning import Example, learn, suggest
from candour.coding.scores import ThemeScores, average_f1
from candour.experiences.intake.mapping_files import find_mapping
from tests.support.coded_file import examples_in


def line(each: ThemeScores) -> str:
    if each.f1 is None:
        return f"   –                         {each.examples:5}    0  {each.theme}"
    return (
        f"{each.f1:.2f}  P {each.precision:.2f}  R {each.recall:.2f}      "
        f"{each.examples:5} {each.tested:4}  {each.theme}"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--mapping", default="nhs-fft")
    chosen = arguments.parse_args()
    told = [each for each in examples_in(chosen.file, find_mapping(chosen.mapping)) if each.themes]
    begun = time.perf_counter()
    learned = learn(told)
    took = time.perf_counter() - begun
    print(f"{len(told):,} coded experiences learned in {took:.0f} s, load {os.getloadavg()[0]:.1f}")
    print(f"{len(to_bytes(learned)) / 1e6:.1f} MB\nF1                      examples held  theme")
    for each in sorted(learned.scores, key=lambda each: -(each.f1 or -1)):
        print(line(each))
    average = average_f1(learned.scores)
    print(f"average of themes with 5 held out or more: {average:.3f}")
    print("sentiment: " + ", ".join(f"{s.theme}: {s.f1:.2f}" for s in learned.feeling_scores))
    some = [Example(each.words, each.question) for each in told[:2_000]]
    begun = time.perf_counter()
    suggest(learned, some)
    print(f"{len(some) / (time.perf_counter() - begun):,.0f} texts a second")


if __name__ == "__main__":
    main()
