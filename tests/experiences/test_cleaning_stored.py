"""What was stored before words were cleaned: gone through by a job, killed, repeated, and whole."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from candour.bodies.models import Body
from candour.cli.group import main
from candour.database.row_security import acting_for
from candour.experiences.actions import cleaning_stored
from candour.experiences.actions.cleaning_stored import clean_stored, waiting_to_be_cleaned
from candour.experiences.actions.deciding import decide, take_out_words
from candour.experiences.models import (
    Experience,
    ExperienceMark,
    ExperienceSign,
    MarkState,
    OutBecause,
)
from candour.experiences.tasks import clean_body
from candour.people.actor import Actor
from candour.sealing import masters
from candour.sealing.custody import name_custodian
from candour.sealing.errors import KeyNotHere
from candour.sealing.keeping import of_experience, sealed_for, unsealed
from candour.sealing.models import Purpose
from tests.experiences.files import AS_OF, a_body
from tests.sealing.conftest import WHY, somebody
from tests.support import told

pytestmark = pytest.mark.django_db
NAMED = "Thanks to Sarah on Ward 4. My mam Siân was left in her own urine."
CLEAN = "Thanks to [name] on Ward 4. My mam [name] was left in her own urine."


def stored(body: Body, *answers: str, **same: object) -> list[Experience]:
    """Return experiences of a body as a release stored them that did not clean."""
    made = told.tell(body, answers, cleaned=False, **same)
    assert waiting_to_be_cleaned()[body.pk] >= len(answers)
    return made


def cleaned(body: Body) -> tuple[int, int, int]:
    """Clean what a body had stored; return how many there were, were changed, came on the list."""
    steps = list(clean_stored(body.pk, AS_OF))
    return (
        sum(step.done for step in steps),
        sum(step.changed for step in steps),
        sum(step.signs for step in steps),
    )


def test_it_becomes_what_it_would_have_become_on_the_way_in() -> None:
    body = a_body()
    first, second = stored(body, NAMED, "Clean ward.")
    assert cleaned(body) == (2, 1, 1)
    with acting_for([body.pk]):
        assert list(Experience.objects.order_by("pk").values_list("answer", "cleaned")) == [
            (CLEAN, True),
            ("Clean ward.", True),
        ]
        marks = list(ExperienceMark.objects.order_by("begin"))
        assert [NAMED[mark.begin : mark.end] for mark in marks] == ["Sarah", "Siân"]
        assert {(each.kept, each.state, each.found_by) for each in marks} == {
            (True, "waiting", "rules")
        }
        assert unsealed(body.pk, Purpose.WORDS, of_experience(first.pk)).decode() == NAMED
        assert not sealed_for([of_experience(second.pk)], Purpose.WORDS)
        sign = ExperienceSign.objects.get()
        assert (sign.experience_id, sign.sorts, sign.raised_at) == (first.pk, ["neglect"], AS_OF)
        assert sign.look_by > AS_OF
        with connection.cursor() as cursor:
            cursor.execute("SELECT words::text FROM experience WHERE id = %s", [first.pk])
            assert "sarah" not in cursor.fetchone()[0]


def test_a_second_time_there_is_nothing_to_do() -> None:
    body = a_body()
    stored(body, NAMED, NAMED)
    assert cleaned(body) == (2, 2, 2)
    assert cleaned(body) == (0, 0, 0)
    assert body.pk not in waiting_to_be_cleaned()


def test_a_custodian_puts_each_back() -> None:
    body = a_body()
    stored(body, NAMED)
    cleaned(body)
    head, custodian = somebody(body, "chief_executive"), somebody(body, "safeguarding_lead")
    with acting_for([body.pk]):
        name_custodian("safeguarding_lead", actor=head, reason="Rings people.", as_of=AS_OF)
        wanted = dict.fromkeys(
            ExperienceMark.objects.values_list("pk", flat=True), MarkState.RESTORED
        )
        decide(wanted, actor=custodian, reason=WHY, as_of=AS_OF)
        assert Experience.objects.get().answer == NAMED


def test_what_came_in_clean_is_not_gone_through() -> None:
    told.tell(a_body(), [NAMED])
    assert waiting_to_be_cleaned() == {}


def test_what_is_out_of_use_is_cleaned_and_not_on_the_list() -> None:
    body = a_body()
    stored(body, NAMED, out_since=AS_OF, out_because=OutBecause.IMPORT_UNDONE)
    assert cleaned(body) == (1, 1, 0)


def test_what_somebody_had_taken_out_by_hand_stays_out_and_the_rest_goes() -> None:
    body = a_body()
    (one,) = stored(body, f"The Thistle lady was there. {NAMED}")
    staff = somebody(body, "lead_officer")
    with acting_for([body.pk]):
        take_out_words(one, "Thistle", actor=staff, as_of=AS_OF)
    assert cleaned(body) == (1, 1, 1)
    with acting_for([body.pk]):
        assert Experience.objects.get().answer == f"The [name] lady was there. {CLEAN}"
        given = unsealed(body.pk, Purpose.WORDS, of_experience(one.pk)).decode()
        marks = ExperienceMark.objects.order_by("begin")
        assert [given[mark.begin : mark.end] for mark in marks] == ["Thistle", "Sarah", "Siân"]


def test_what_could_not_be_put_back_any_more_is_left_and_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    body = a_body()
    stored(body, NAMED)
    cleaned(body)  # now there is a key
    (one,) = stored(body, f"The Thistle lady was there. {NAMED}")
    staff = somebody(body, "lead_officer")
    with monkeypatch.context() as without, acting_for([body.pk]):
        without.setattr(masters, "kept_folder", lambda _name: tmp_path)
        take_out_words(one, "Thistle", actor=staff, as_of=AS_OF)
    (step,) = clean_stored(body.pk, AS_OF)
    assert (step.done, step.changed, step.left) == (1, 0, (one.pk,))
    with acting_for([body.pk]):
        assert Experience.objects.get(pk=one.pk).answer == f"The [name] lady was there. {NAMED}"


@pytest.mark.django_db(transaction=True)
def test_without_the_key_what_holds_names_waits_and_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    body = a_body()
    stored(body, NAMED)
    cleaned(body)  # now there is a key
    stored(body, NAMED)
    with monkeypatch.context() as without:
        without.setattr(masters, "kept_folder", lambda _name: tmp_path)
        with pytest.raises(KeyNotHere):
            cleaned(body)
        clean_body(body.pk)  # the job says so, and waits for the next hour
        answer = CliRunner().invoke(main, ["clean", "--here"])
        assert (answer.exit_code, "key" in answer.output) == (1, True), answer.output
        with acting_for([body.pk]):
            assert Experience.objects.filter(cleaned=False).get().answer == NAMED
    assert cleaned(body) == (1, 1, 1)


def test_the_command_says_how_far_it_came() -> None:
    body = a_body()
    stored(body, NAMED, "Clean ward.")
    answer = CliRunner().invoke(main, ["clean"])
    assert "Experiences to go through: 2." in answer.output
    answer = CliRunner().invoke(main, ["clean", "--here"])
    assert answer.exit_code == 0, answer.output
    assert "Gone through: 2. Words taken out of: 1." in answer.output
    assert "nothing to do" in CliRunner().invoke(main, ["clean"]).output


def test_a_body_cleans_its_own_alone() -> None:
    body, other = a_body(), a_body("other")
    stored(body, NAMED)
    stored(other, NAMED)
    cleaned(body)
    assert waiting_to_be_cleaned() == {other.pk: 1}


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_twice(
    site_environment: dict[str, str],
) -> None:
    body, many = a_body(), 600
    stored(body, *(f"{NAMED} Number {number}." for number in range(many)))
    program = (
        "import django; django.setup()\n"
        "from candour.experiences.actions import cleaning_stored as it\n"
        "from candour.site.clock import now\n"
        "it.AT_ONCE = 20\n"
        f"for step in it.clean_stored({body.pk}, now()): print(step.done, flush=True)\n"
    )
    environment = site_environment | {"DJANGO_SETTINGS_MODULE": "candour.site.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"20\n"
        time.sleep(0.05)
        os.kill(child.pid, 9)
    left = waiting_to_be_cleaned()[body.pk]
    assert 0 < left < many
    assert left % 20 == 0  # each batch whole, or not at all
    assert cleaned(body)[0] == left
    with acting_for([body.pk]):
        rows = list(Experience.objects.order_by("pk"))
        assert [row.answer for row in rows] == [f"{CLEAN} Number {n}." for n in range(many)]
        assert ExperienceMark.objects.count() == 2 * many
        assert ExperienceSign.objects.count() == many
        contexts = [of_experience(row.pk) for row in rows]
        assert sealed_for(contexts, Purpose.WORDS) == set(contexts)
        words = unsealed(body.pk, Purpose.WORDS, contexts[-1]).decode()
    assert words == f"{NAMED} Number {many - 1}."


def test_two_at_once_share_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    body = a_body()
    stored(body, *[NAMED] * 5)
    monkeypatch.setattr(cleaning_stored, "AT_ONCE", 2)
    one, other = clean_stored(body.pk, AS_OF), clean_stored(body.pk, AS_OF)
    done = [next(one).done, next(other).done, next(one).done]
    assert (sum(done), next(other, None)) == (5, None)


def test_words_and_places_are_rewritten_for_nobody_else() -> None:
    """The system may not rewrite words either, where nothing was taken out of them."""
    actor = Actor.system(a_body())
    (one,) = stored(actor.body, "Clean ward.")
    with acting_for([actor.body_id]), pytest.raises(DatabaseError), transaction.atomic():
        Experience.objects.filter(pk=one.pk).update(answer="Dirty ward.")
    with acting_for([actor.body_id]), pytest.raises(DatabaseError), transaction.atomic():
        Experience.objects.filter(pk=one.pk).update(service_name="Elsewhere")
