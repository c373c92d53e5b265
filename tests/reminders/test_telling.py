"""Reminders, from what is owed in cases to the outbox: who is told what, and that it is once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.cases.models import CaseDuty
from candour.cases.queries.owing_roles import owing_at
from candour.database.row_security import acting_for
from candour.mail.models import MailMessage
from candour.people.leavers import LEAD
from candour.people.models import Post, User
from candour.reminders.choices import How
from candour.reminders.models import ReminderChoice, ReminderTold
from candour.reminders.tasks import people_due
from candour.reminders.telling import remind
from tests.support.casework import Town, hold_ppm, london, open_at, to_ppm

pytestmark = pytest.mark.django_db
# The PPM was on Monday 30 March: decisions are due by the chair, Ieuan, on the 31st; the letter to
# the provider on Wednesday 8 April, Easter in between.
MORNING = "2026-03-31T08:00"


@pytest.fixture
def town(town: Town) -> Town:
    case = open_at(town, "2026-03-10T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return town


def messages(town: Town) -> list[MailMessage]:
    with acting_for([town.council.pk, town.healthwatch.pk]):
        return list(MailMessage.objects.filter(key__startswith="reminder/").order_by("pk"))


def choose(user: User, **chosen: object) -> None:
    with acting_for([], person=user.pk):
        ReminderChoice.objects.update_or_create(person=user, defaults={**chosen, "look_at": None})
        ReminderChoice.objects.update(look_at=london("2026-03-01T00:00"))


def test_the_chair_is_told_in_the_morning_once(town: Town) -> None:
    assert not remind(town.ieuan.pk, london("2026-03-31T07:59"))
    assert remind(town.ieuan.pk, london(MORNING))
    assert not remind(town.ieuan.pk, london(MORNING))
    assert not remind(town.ieuan.pk, london("2026-03-31T12:00"))
    (told,) = messages(town)
    assert told.to_email == "ieuan@staff.example"
    assert "due today" in told.subject
    assert "CV-2026-0001" in told.text
    assert "http://localhost:8000/cases/CV-2026-0001/" in told.html
    assert told.key == f"reminder/{town.ieuan.pk}/2026-03-31/0"
    assert "Falls at night" not in told.text + told.html + told.subject
    assert "Plas Derwen" not in told.text + told.html + told.subject


def test_a_worker_that_was_down_all_morning_tells_it_once_and_late(town: Town) -> None:
    remind(town.ieuan.pk, london("2026-03-30T17:00"))
    before = len(messages(town))
    assert people_due(london("2026-03-31T07:00")).count(town.ieuan.pk) == 0
    assert town.ieuan.pk in people_due(london("2026-03-31T14:20"))
    assert remind(town.ieuan.pk, london("2026-03-31T14:20"))
    assert town.ieuan.pk not in people_due(london("2026-03-31T17:00"))
    assert len(messages(town)) == before + 1


def test_what_is_late_goes_up_to_whoever_leads_the_case(town: Town) -> None:
    remind(town.mari.pk, london(MORNING))
    own = [m for m in messages(town) if m.to_email.startswith("mari@")]
    assert not any("Late from others" in m.text for m in own)
    remind(town.mari.pk, london("2026-04-01T08:00"))
    latest = messages(town)[-1]
    assert "Late from others, in cases that you lead" in latest.text
    assert "from: Chair of the meeting" in " ".join(latest.text.split())
    remind(town.mari.pk, london("2026-04-02T08:00"))
    again = messages(town)[-1]
    assert again != latest
    said = {line for line in latest.text.splitlines() if line.startswith("- CV")}
    assert said
    assert not said & set(again.text.splitlines())


def test_the_duties_of_somebody_who_left_are_handed_to_the_lead(town: Town) -> None:
    Post.objects.filter(user=town.ieuan).update(to_date="2026-03-30")
    remind(town.mari.pk, london(MORNING))
    told = messages(town)[-1]
    assert told.to_email == "mari@staff.example"
    assert "nobody holds the post" in told.text
    assert not remind(town.ieuan.pk, london(MORNING))


def test_where_nobody_leads_the_head_of_the_body_is_told(town: Town) -> None:
    Post.objects.filter(user__in=[town.ieuan, town.mari]).update(to_date="2026-03-30")
    Post.objects.create(user=town.dilys, body=town.council, role="head_of_service")
    assert remind(town.dilys.pk, london(MORNING))
    assert "nobody holds the post" in messages(town)[-1].text


def test_somebody_who_may_not_sign_in_holds_nothing(town: Town) -> None:
    town.ieuan.is_active = False
    town.ieuan.save()
    with acting_for([town.council.pk]):
        owing = owing_at([town.council.pk], london(MORNING).date())
    assert not owing.held.is_held(town.council.pk, "chair")
    assert (town.council.pk, "chair") in owing.handed_to(town.mari.pk)
    assert owing.handed_to(town.ieuan.pk) == []
    assert not remind(town.ieuan.pk, london(MORNING))


def test_those_who_want_to_hear_at_once_hear_within_minutes_and_of_each_thing_once(
    town: Town,
) -> None:
    choose(town.ieuan, how=How.AT_ONCE.value, days_before=10)
    assert remind(town.ieuan.pk, london("2026-03-30T10:05"))
    assert not remind(town.ieuan.pk, london("2026-03-30T10:10"))
    assert remind(town.ieuan.pk, london("2026-03-31T07:30"))
    keys = [m.key.split("/", 2)[2] for m in messages(town)]
    assert keys == ["2026-03-30/0", "2026-03-31/0"]


def test_those_who_want_to_hear_nothing_hear_nothing_and_the_lead_does(town: Town) -> None:
    choose(town.ieuan, how=How.NONE.value)
    assert not remind(town.ieuan.pk, london("2026-04-01T08:00"))
    assert town.ieuan.pk not in people_due(london("2026-05-01T08:00"))
    assert remind(town.mari.pk, london("2026-04-01T08:00"))


@pytest.mark.parametrize("day", ["2026-04-03", "2026-04-04", "2026-04-05", "2026-04-06"])
def test_nobody_is_told_on_a_day_that_is_no_working_day(town: Town, day: str) -> None:
    """Good Friday to Easter Monday."""
    assert not remind(town.ieuan.pk, london(f"{day}T10:00"))


def test_what_a_person_was_told_is_theirs_alone(town: Town) -> None:
    remind(town.ieuan.pk, london(MORNING))
    with acting_for([town.council.pk], person=town.mari.pk):
        assert not ReminderTold.objects.exists()
        assert not ReminderChoice.objects.exists()
    with acting_for([], person=town.ieuan.pk):
        assert ReminderTold.objects.exists()


def test_it_is_said_in_the_person_s_language(town: Town) -> None:
    town.ieuan.language = "cy"
    town.ieuan.save()
    remind(town.ieuan.pk, london(MORNING))
    (told,) = messages(town)
    assert told.language == "cy"
    assert "yn ddyledus heddiw" in told.subject
    assert '<html lang="cy">' in told.html
    for english in ("due", "Your worklist", "Late"):
        assert english not in told.text


def test_somebody_without_an_address_is_skipped_and_looked_at_another_day(town: Town) -> None:
    User.objects.filter(pk=town.ieuan.pk).update(email="")
    assert not remind(town.ieuan.pk, london(MORNING))
    assert town.ieuan.pk not in people_due(london("2026-03-31T18:00"))
    assert messages(town) == []


def test_thousands_of_duties_are_one_message_and_few_queries(town: Town) -> None:
    with acting_for([town.council.pk]):
        one = CaseDuty.objects.filter(owner_role="chair", state="open").first()
        assert one is not None
        fields = {f.attname: getattr(one, f.attname) for f in CaseDuty._meta.concrete_fields}
        for name in ("id", "sorts_at"):
            fields.pop(name)
        CaseDuty.objects.bulk_create(
            CaseDuty(**{**fields, "key": f"many:{n}", "late_from": london("2026-03-20T00:00")})
            for n in range(3000)
        )
    with CaptureQueriesContext(connection) as asked:
        assert remind(town.ieuan.pk, london(MORNING))
    assert len(asked) <= 20  # savepoints among them
    (told,) = messages(town)
    assert "3000 times" in told.text
    assert not remind(town.ieuan.pk, london(MORNING) + timedelta(minutes=10))


def test_every_procedure_names_whoever_leads_its_cases(db: None) -> None:
    from candour import policies  # noqa: PLC0415  # beside the one test that asks it

    for name in policies.available():
        procedure = policies.load(name)
        if not procedure.is_base:
            assert LEAD in procedure.roles, name


def test_the_roles_that_owe_something_are_those_of_open_duties(town: Town) -> None:
    both, day = [town.council.pk, town.elsewhere.pk], london(MORNING).date()
    with acting_for(both):
        open_ones = set(CaseDuty.objects.filter(state="open").values_list("body_id", "owner_role"))
        assert set(owing_at(both, day).staff) <= open_ones
        assert len(owing_at(both, day).staff) > 1
        assert owing_at([], day).staff == ()
        assert owing_at([town.elsewhere.pk], day).staff == ()
        assert owing_at([town.elsewhere.pk], day).held.heirs(town.elsewhere.pk) == {town.olwen.pk}
