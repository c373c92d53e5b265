"""What the demonstration is filled with: one story on any day, made once, never over records."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from candour import policies
from candour.bodies.models import Body
from candour.cases.actions import Recorded, record
from candour.cases.models import Case, CaseDuty, CaseExperience, CaseSuggestion, DutyState
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.engine.london import LONDON, local
from candour.experiences.models import Experience
from candour.feeding_back.models import DigestReply
from candour.feeding_back.queries import due_digests
from candour.people.actor import Actor
from candour.people.models import Post, User
from candour.publishing.models import Register
from candour.publishing.queries import public_register
from candour.signing.queries import requests_of
from candour.site.demo import load_demo
from candour.site.demonstration.experiences import SOURCE
from candour.site.demonstration.found import SOURCE as TOLD_TODAY
from candour.site.trouble import SiteTrouble
from tests.support.casework import draft

WEDNESDAY = datetime(2026, 11, 18, 9, 30, tzinfo=LONDON)
CARDIFF_VALE, HEALTHWATCH = "cardiff_vale", "healthwatch_england"


@pytest.fixture
def everybody(db: None) -> Iterator[None]:
    """The demonstration on an ordinary Wednesday, seen by all bodies at once."""
    load_demo(as_of=WEDNESDAY)
    with acting_for(Body.objects.values_list("pk", flat=True)):
        yield


def _cases(procedure: str) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in Case.objects.filter(procedure=procedure):
        found.setdefault(case.step, []).append(case)
    return found


def _groups(moment: datetime) -> set[str]:
    today = local(moment).date()
    groups = set()
    for owed in CaseDuty.objects.filter(state=DutyState.OPEN):
        assert owed.due_on
        if owed.late_from and owed.late_from <= moment:
            groups.add("late")
        else:
            groups.add("today" if owed.due_on == today else "ahead")
    return groups


def test_there_is_a_case_at_every_step(everybody: None) -> None:
    for name in (CARDIFF_VALE, HEALTHWATCH):
        assert set(_cases(name)) == set(policies.load(name).steps)
    assert Case.objects.filter(closed_at=None).count() >= 14


def test_the_system_moved_one_case_by_itself_when_six_months_were_over(everybody: None) -> None:
    case = Case.objects.get(service__name="Heron House")
    moved = [e for e in standing(case.pk).recorded if e.kind == "step_entered"][-1]
    assert (moved.role, moved.data["step"], case.step) == ("system", "jimp", "jimp")


def test_a_visitor_who_holds_the_fourth_meeting_sees_the_case_go_to_jimp(everybody: None) -> None:
    case = Case.objects.get(service__name="Cartref Barcud Coch")
    held = [e for e in standing(case.pk).recorded if e.kind == "meeting_held"]
    assert [e.data["improvement"] for e in held if e.data["meeting"] == "ppm"] == ["none"] * 3
    sioned = Post.objects.select_related("user", "body").get(user__username="sioned", role="chair")
    meeting = {
        "meeting": "ppm",
        "chair_role": "operational_manager",
        "attended": ["Contracts team", "Health board"],
        "members_may_decide": True,
        "improvement": "none",
    }
    outcome = record(
        case_id=case.pk,
        actor=Actor.from_post(sioned),
        draft=draft("meeting_held", WEDNESDAY, meeting),
        expected_seq=None,
        as_of=WEDNESDAY,
    )
    assert isinstance(outcome, Recorded), outcome
    assert [(e.role, e.data["step"]) for e in outcome.followed] == [("system", "jimp")]


def test_the_worklist_has_something_late_something_today_and_something_ahead(
    everybody: None,
) -> None:
    assert _groups(WEDNESDAY) == {"late", "today", "ahead"}
    assert CaseSuggestion.objects.count() >= 2


def test_experiences_are_some_three_hundred_in_two_languages_and_say_that_they_are_invented(
    everybody: None,
) -> None:
    found = Experience.objects.all()
    assert 280 <= len(found) <= 320
    # What the public form and an import show came through them, and says so like any other.
    assert {each.source for each in found} == {SOURCE, TOLD_TODAY, "Public form", "spreadsheet"}
    assert sum(each.source != SOURCE for each in found) <= 40
    assert {each.language for each in found if each.source == SOURCE} == {"en", "cy"}
    assert {each.sentiment for each in found} >= {1, 2, 3, 4, 5}
    assert len({each.answer for each in found}) > len(found) * 0.9
    assert CaseExperience.objects.count() >= 30


def test_every_role_inside_an_organisation_is_held_by_somebody(everybody: None) -> None:
    held = set(Post.objects.values_list("role", flat=True))
    for name in policies.available():
        inside = {role.id for role in policies.load(name).roles.values() if not role.outside}
        assert inside <= held, name


def test_everybody_printed_can_sign_in_with_the_words_printed(db: None) -> None:
    people = load_demo(as_of=WEDNESDAY, with_experiences=False)
    assert {each.name for each in people} == set(User.objects.values_list("username", flat=True))
    for each in people:
        assert User.objects.get(username=each.name).check_password(each.password)


@pytest.mark.parametrize(
    "moment",
    ["2026-03-29T02:30", "2026-04-06T23:50", "2026-12-26T07:00", "2027-01-04T00:05"],
    ids=["a Sunday when clocks change", "Easter Monday", "Boxing Day", "just after New Year"],
)
@pytest.mark.slow
def test_it_can_be_made_on_any_day(db: None, moment: str) -> None:
    as_of = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    load_demo(as_of=as_of)
    with acting_for(Body.objects.values_list("pk", flat=True)):
        assert _groups(as_of) == {"late", "today", "ahead"}
        assert Case.objects.get(service__name="Heron House").step == "jimp"
        assert not Case.objects.filter(next_change__lte=as_of).exists()
        assert _fed_back(as_of) == (1, ["anytown-hospitals"])


def test_one_digest_was_answered_and_one_is_due(everybody: None) -> None:
    assert _fed_back(WEDNESDAY) == (1, ["anytown-hospitals"])


def _fed_back(as_of: datetime) -> tuple[int, list[str]]:
    """Return how many answers those who told may read, and whose digests are due."""
    due = due_digests(Body.objects.values_list("pk", flat=True), local(as_of).date())
    answers = DigestReply.objects.filter(for_people=True).exclude(changed="")
    return answers.count(), [each.slug for each in due]


def test_a_second_start_adds_nothing_and_leaves_what_people_changed(db: None) -> None:
    first = load_demo(as_of=WEDNESDAY)
    User.objects.filter(username="mari").update(display_name="Mari Someone")
    before = _counted()
    second = load_demo(as_of=WEDNESDAY.replace(month=12))
    assert _counted() == before
    assert [each.name for each in second] == [each.name for each in first]
    assert User.objects.get(username="mari").display_name == "Mari Someone"


def test_it_is_never_put_among_the_records_of_a_real_site(db: None) -> None:
    Body.objects.create(name="A real council", nation="wales", slug="real")
    with pytest.raises(SiteTrouble, match="records of a real site"):
        load_demo(as_of=WEDNESDAY)
    assert not User.objects.exists()


def _counted() -> list[int]:
    with acting_for(Body.objects.values_list("pk", flat=True)):
        rows = [Case, CaseDuty, Experience, Body, User, Post]
        entries = sum(Case.objects.values_list("seq", flat=True))
        return [*(model.objects.count() for model in rows), entries]  # type: ignore[attr-defined]  # each is a model


def test_documents_wait_to_be_signed_and_registers_are_open(db: None) -> None:
    """One is signed by all; one waits for somebody outside; anybody reads three registers."""
    as_of = WEDNESDAY
    load_demo(as_of=as_of, with_experiences=False)
    load_demo(as_of=as_of, with_experiences=False)
    body = Body.objects.get(slug="healthwatch-derbyshire")
    with acting_for([body.pk]):
        asked = [requests_of(case.pk) for case in Case.objects.filter(body=body)]
    found = [each for of_case in asked for each in of_case]
    assert sorted(each.complete for each in found) == [False, True]
    waiting = next(each for each in found if not each.complete)
    assert waiting.next is not None
    assert waiting.next.signatory.outside
    for register, least in (("decisions", 2), ("reports", 1), ("representatives", 2)):
        public = public_register(body.slug, Register(register), local(as_of).date())
        assert public is not None
        assert len(public.lines) >= least, register
