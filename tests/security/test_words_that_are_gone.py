"""Words that somebody took back, or that were taken out, live on nowhere beside the answer."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from candour.coding.models import CodingWatch, LearnedModel, NewExperiences, Suggested
from candour.database.row_security import acting_for
from candour.experiences.actions.deciding import take_out_words
from candour.experiences.actions.looking import escalate, look, put_on_list
from candour.experiences.models import Experience, ExperienceSign, SignState
from candour.experiences.signs_waiting import looked_at
from candour.feeding_back.models import FitQuotation
from candour.people.actor import Actor
from candour.reminders.escalating import unseen
from candour.telling.actions import take, withdraw
from candour.telling.models import Channel, Told
from candour.telling.telling import Telling
from tests.support.casework import Town, london, make_town

pytestmark = pytest.mark.django_db
NOW = london("2026-03-30T09:00")
SAID = "The zebra nurse with the quagga laugh hit me on the ward."


@pytest.fixture
def town() -> Town:
    return make_town()


def told(town: Town) -> Told:
    """Somebody tells something; a machine and a person of the body pick words out of it."""
    telling = Telling(
        key="11111111-2222-4333-8444-555555555555",
        language="en",
        channel=Channel.PAGES,
        what=SAID,
        place="My zebra aunt's front room",
        felt="5",
    )
    with acting_for([town.healthwatch.pk]):
        number = take(telling, actor=Actor.system(town.healthwatch), as_of=NOW).experience
        experience = Experience.objects.get(pk=number)
        same = {"body": town.healthwatch, "experience": experience}
        machine = LearnedModel.objects.create(
            body=town.healthwatch, learned_at=NOW, examples=50, card={}, machine=b"", sha256=""
        )
        because = [{"theme": "Staff", "percent": 90, "because": ["zebra nurse", "quagga"]}]
        Suggested.objects.create(model=machine, themes=because, **same)
        for words, fit in (("The zebra nurse with the quagga laugh", True), ("", False)):
            FitQuotation.objects.create(words=words, fit=fit, by=town.sam, at=NOW, **same)
        return Told.objects.get(experience=number)


def everything_kept(town: Town) -> str:
    """Return every row of every table that the body reaches, as one text."""
    with acting_for([town.healthwatch.pk]), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.oid::regclass::text FROM pg_class c "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(c.oid, 'SELECT')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} AS t")  # noqa: S608  # our names
            rows += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def holding(kept: str, word: str) -> list[str]:
    return [line for line in kept.splitlines() if word in line.casefold()]


def test_words_that_were_taken_back_stand_in_no_table(town: Town) -> None:
    one = told(town)
    told_of = {line.split(":")[0] for line in holding(everything_kept(town), "zebra")}
    assert told_of == {"experience", "experience_tally", "coding_suggested", "feedback_quotation"}
    withdraw(one, as_of=NOW + timedelta(hours=1))
    assert holding(everything_kept(town), "zebra") == []


def test_a_name_taken_out_by_hand_goes_from_what_was_picked_out_of_the_words(town: Town) -> None:
    one = told(town)
    with acting_for([town.healthwatch.pk]):
        experience = Experience.objects.get(pk=one.experience_id)
        put_on_list(experience, words="Somebody hit them", as_of=NOW)
        sign = ExperienceSign.objects.get(experience=experience)
        found = [{"sort": "harm", "words": "quagga laugh hit me"}, *sign.found]
        ExperienceSign.objects.filter(pk=sign.pk).update(found=found)
        actor = town.actor(town.sam, "lead_officer")
        assert take_out_words(experience, "quagga", actor=actor, as_of=NOW) == 1
    assert holding(everything_kept(town), "quagga") == []
    with acting_for([town.healthwatch.pk]):
        kept = ExperienceSign.objects.get(pk=sign.pk).found
    assert "Somebody hit them" in [each["words"] for each in kept]


def test_what_a_machine_said_of_words_that_changed_is_said_anew(town: Town) -> None:
    one = told(town)
    with acting_for([town.healthwatch.pk]):
        CodingWatch.objects.create(body=town.healthwatch)
        experience = Experience.objects.get(pk=one.experience_id)
        take_out_words(experience, "quagga", actor=town.actor(town.sam, "lead_officer"), as_of=NOW)
        spans = list(NewExperiences.objects.values_list("first", "last"))
    assert spans == [(one.experience_id, one.experience_id)]


def test_a_quotation_loses_its_words_only_once_the_answer_has_lost_them(town: Town) -> None:
    told(town)
    for change in ({"words": ""}, {"words": "Others"}, {"fit": False}):
        with (
            pytest.raises(DatabaseError),
            acting_for([town.healthwatch.pk]),
            transaction.atomic(),
        ):
            FitQuotation.objects.exclude(words="").update(**change)
    with pytest.raises(DatabaseError), acting_for([town.healthwatch.pk]), transaction.atomic():
        FitQuotation.objects.all().delete()


def test_a_sign_in_what_was_taken_back_is_shown_and_escalated_no_more(town: Town) -> None:
    one = told(town)
    long_after = NOW + timedelta(days=30)
    with acting_for([town.healthwatch.pk]):
        experience = Experience.objects.get(pk=one.experience_id)
        sign = put_on_list(experience, words="Somebody hit them", as_of=NOW)
        actor = town.actor(town.sam, "lead_officer")
        assert unseen(long_after, 5) == [(sign.pk, sign.body_id)]
        look(sign, SignState.CONCERN, reason="They say so", actor=actor, as_of=NOW)
        assert [each.pk for each in looked_at(5)] == [sign.pk]
    withdraw(one, as_of=NOW)
    with acting_for([town.healthwatch.pk]):
        assert list(looked_at(5)) == []
        ExperienceSign.objects.filter(pk=sign.pk).update(state=SignState.WAITING)
        assert escalate(sign.pk, as_of=long_after) is None
    assert unseen(long_after, 5) == []
