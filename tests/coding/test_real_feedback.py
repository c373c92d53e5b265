"""What is learned from real, coded feedback, where there is a file of it."""

import os
from pathlib import Path

import pytest

from candour.coding.learning import learn, suggest
from candour.coding.scores import average_f1
from candour.experiences.intake.mapping_files import find_mapping
from tests.support.coded_file import examples_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "CANDOUR_FEEDBACK_CSV" not in os.environ, reason="CANDOUR_FEEDBACK_CSV names no file"
    ),
]
SOME = 2_000  # coded ones, so that it takes seconds


def test_themes_of_real_feedback_are_told_from_its_words() -> None:
    rows = examples_in(Path(os.environ["CANDOUR_FEEDBACK_CSV"]), find_mapping("nhs-fft"))
    coded = [each for each in rows if each.themes]
    assert len(coded) > 4_000
    learned = learn(coded[:SOME])
    scores = {each.theme: each for each in learned.scores}
    staff, timely = scores["Staff manner & personal attributes"], scores["Timeliness of care"]
    assert staff.f1 is not None
    assert timely.f1 is not None
    assert min(staff.f1, timely.f1) > 0.65
    assert (average_f1(learned.scores) or 0) > 0.35
    found = suggest(learned, coded[SOME : SOME + 500])
    hits = sum(
        any(s.theme in e.themes for s in f) for f, e in zip(found, coded[SOME:], strict=False)
    )
    assert hits > 250, "half of what it never saw has a theme that it suggests"
