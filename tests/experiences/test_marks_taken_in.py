"""What is found in words on their way in: taken out, marked and sealed, or put on a list."""

from pathlib import Path

import pytest
from django.db import connection

from candour.database.row_security import acting_for
from candour.experiences.actions import Account, tell
from candour.experiences.models import Experience, ExperienceMark, ExperienceSign
from candour.people.actor import Actor
from candour.sealing import masters
from candour.sealing.keeping import of_experience, sealed_for, unsealed
from candour.sealing.models import Purpose
from tests.experiences.files import AS_OF, a_body, csv_text, take_in

pytestmark = pytest.mark.django_db

SAID = "Thanks to Sarah on Ward 4. My mam Siân was left in her own urine. Ring 029 2018 0999."
CLEAN = "Thanks to [name] on Ward 4. My mam [name] was left in her own urine. Ring [phone number]."


def given(folder: Path, *answers: str) -> Path:
    path = folder / "given.csv"
    path.write_text(csv_text(*({"FFT answer": answer} for answer in answers)), encoding="utf-8")
    return path


def test_only_the_clean_words_are_kept_in_the_open(tmp_path: Path) -> None:
    report = take_in(given(tmp_path, SAID, "Clean ward."))
    assert report.taken == 2
    with acting_for([a_body().pk]):
        marked, plain = Experience.objects.order_by("pk")
        assert (marked.answer, plain.answer) == (CLEAN, "Clean ward.")
        marks = list(ExperienceMark.objects.order_by("begin"))
        assert [SAID[mark.begin : mark.end] for mark in marks] == ["Sarah", "Siân", "029 2018 0999"]
        assert {(mark.experience_id, mark.kept, mark.state) for mark in marks} == {
            (marked.pk, True, "waiting")
        }
        words = unsealed(a_body().pk, Purpose.WORDS, of_experience(marked.pk))
        assert words.decode() == SAID
        assert sealed_for([of_experience(plain.pk)], Purpose.WORDS) == set()


def test_a_search_does_not_find_what_was_taken_out(tmp_path: Path) -> None:
    take_in(given(tmp_path, SAID))
    with acting_for([a_body().pk]), connection.cursor() as cursor:
        cursor.execute("SELECT words::text FROM experience")
        indexed = cursor.fetchone()[0]
    assert "sarah" not in indexed
    assert "urin" in indexed


def test_signs_put_a_row_on_the_list_with_the_words_that_say_why(tmp_path: Path) -> None:
    take_in(given(tmp_path, SAID, "Nobody hit me, no concerns."))
    with acting_for([a_body().pk]):
        (sign,) = ExperienceSign.objects.all()
    assert (sign.sorts, sign.state, sign.past) == (["neglect"], "waiting", False)
    assert sign.found == [{"sort": "neglect", "words": "left in her own urine"}]
    assert sign.raised_at == AS_OF
    assert sign.look_by > AS_OF


def test_the_report_says_where_to_look(tmp_path: Path) -> None:
    report = take_in(given(tmp_path, SAID, "Clean ward."))
    told = "\n".join(report.lines())
    assert "taken out of it, for a person to check: 1 (line 2)" in told
    assert "waits on the list of signs: 1 (line 2)" in told


def test_the_same_file_again_marks_nothing_again(tmp_path: Path) -> None:
    path = given(tmp_path, SAID)
    take_in(path)
    again = take_in(path)
    assert (again.taken, again.already_there, again.changed.count) == (0, 1, 0)
    with acting_for([a_body().pk]):
        assert ExperienceMark.objects.count() == 3
        assert ExperienceSign.objects.count() == 1


def test_a_trial_run_seals_and_marks_nothing(tmp_path: Path) -> None:
    take_in(given(tmp_path, SAID), dry_run=True)
    with acting_for([a_body().pk]):
        assert not ExperienceMark.objects.exists()
        assert not ExperienceSign.objects.exists()


def test_without_a_key_the_clean_words_are_taken_and_the_report_says_what_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(given(tmp_path, "Thanks to Alun."))
    (tmp_path / "empty").mkdir(mode=0o700)
    monkeypatch.setattr(masters, "kept_folder", lambda name: tmp_path / "empty")
    monkeypatch.delenv(masters.VARIABLE, raising=False)
    report = take_in(given(tmp_path, "Kind.", "Clean ward.", SAID))
    with acting_for([a_body().pk]):
        answers = Experience.objects.order_by("pk").values_list("answer", flat=True)
        assert list(answers) == ["Thanks to [name].", "Clean ward.", CLEAN]
        assert [mark.kept for mark in ExperienceMark.objects.order_by("pk")] == [True, *[False] * 3]
    (said,) = [line for line in report.lines() if "no key" in line]
    assert "(line 4)" in said


def test_what_somebody_tells_is_cleaned_and_their_own_name_with_it() -> None:
    body = a_body()
    account = Account(
        source="form", words="I am zaza. Zaza was hit by a carer.", known=("Zaza Umbridge",)
    )
    with acting_for([body.pk]):
        told = tell(account, actor=Actor.system(body), as_of=AS_OF)
        told.refresh_from_db()
        assert told.answer == "I am zaza. [name] was hit by a carer."
        assert [mark.sort for mark in told.marks.all()] == ["name"]
        assert told.sign.sorts == ["abuse"]


def test_whoever_says_that_somebody_is_in_danger_is_on_the_list_whatever_the_words() -> None:
    body = a_body()
    account = Account(source="form", words="Please ring.", in_danger=True)
    with acting_for([body.pk]):
        told = tell(account, actor=Actor.system(body), as_of=AS_OF)
        assert (told.sign.sorts, told.sign.raised_by, told.sign.past) == (
            ["danger"],
            "teller",
            False,
        )
