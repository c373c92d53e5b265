"""What a person decides about marks: what the answer becomes, what is logged, who may."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from candour.database.row_security import acting_for
from candour.experiences.actions.deciding import Decided, NotInTheWords, decide, take_out_words
from candour.experiences.actions.telling import Account, tell
from candour.experiences.marks_waiting import number_to_check, to_check
from candour.experiences.models import Experience, ExperienceMark, MarkDecision, MarkState
from candour.people.actor import Actor
from candour.people.models import Post, User
from candour.sealing.custody import name_custodian
from candour.sealing.errors import NoReason, NotCustodian
from candour.sealing.models import SealedEvent, SealedIdentity
from tests.experiences.files import a_body

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SAID = "Sarah held my hand. Colin the porter joked. My mum Jane wrote from CF14 4XW."
WHY = "Checking what was taken out."


@dataclass(frozen=True)
class Desk:
    """An officer, a custodian, and what somebody told them."""

    officer: Actor
    custodian: Actor
    told: Experience

    def answer(self) -> str:
        return Experience.objects.get(pk=self.told.pk).answer

    def marks(self) -> list[ExperienceMark]:
        return list(ExperienceMark.objects.filter(experience=self.told).order_by("begin"))

    def mark(self, words: str) -> ExperienceMark:
        begin = SAID.index(words)
        return next(mark for mark in self.marks() if mark.begin == begin)


def somebody(role: str) -> Actor:
    user = User.objects.create(username=role, display_name=role)
    return Actor.from_post(Post.objects.create(user=user, body=a_body(), role=role))


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    head, custodian = somebody("chief_executive"), somebody("safeguarding_lead")
    officer = somebody("lead_officer")
    with acting_for([a_body().pk]):
        name_custodian("safeguarding_lead", actor=head, reason="Checks texts.", as_of=NOW)
        account = Account(source="form", words=SAID)
        told = tell(account, actor=Actor.system(a_body()), as_of=NOW)
        yield Desk(officer, custodian, told)


def test_confirming_leaves_the_answer_and_keeps_who_and_when(desk: Desk) -> None:
    before = desk.answer()
    wanted = {mark.pk: MarkState.CONFIRMED for mark in desk.marks()}
    assert decide(wanted, actor=desk.officer, as_of=NOW) == Decided(out=4, back=0, lost=0)
    assert desk.answer() == before
    assert {(d.state, d.by, d.at) for d in MarkDecision.objects.all()} == {
        ("confirmed", desk.officer.user, NOW)
    }
    assert to_check(a_body().pk, most=10) == []
    assert not SealedEvent.objects.exists()


def test_restoring_puts_the_words_back_where_they_stood_and_logs_the_opening(desk: Desk) -> None:
    wanted = {desk.mark("Colin").pk: MarkState.RESTORED}
    done = decide(wanted, actor=desk.custodian, reason=WHY, as_of=NOW)
    assert done == Decided(out=0, back=1, lost=0)
    assert desk.answer() == (
        "[name] held my hand. Colin the porter joked. My mum [name] wrote from [postcode]."
    )
    (event,) = SealedEvent.objects.all()
    assert (event.what, event.by, event.reason) == ("opened", desk.custodian.user, WHY)
    assert number_to_check() == {a_body().pk: 3}


def test_what_was_put_back_can_be_taken_out_again_without_opening_anything(desk: Desk) -> None:
    before, mark = desk.answer(), desk.mark("Colin").pk
    decide({mark: MarkState.RESTORED}, actor=desk.custodian, reason=WHY, as_of=NOW)
    decide({mark: MarkState.CONFIRMED}, actor=desk.officer, as_of=NOW)
    assert desk.answer() == before
    assert SealedEvent.objects.count() == 1
    states = MarkDecision.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["restored", "confirmed"]


def test_all_restored_is_the_text_as_given(desk: Desk) -> None:
    wanted = {mark.pk: MarkState.RESTORED for mark in desk.marks()}
    decide(wanted, actor=desk.custodian, reason=WHY, as_of=NOW)
    assert desk.answer() == SAID


def test_doing_it_twice_does_nothing_twice(desk: Desk) -> None:
    wanted = {desk.mark("Colin").pk: MarkState.RESTORED}
    decide(wanted, actor=desk.custodian, reason=WHY, as_of=NOW)
    again = decide(wanted, actor=desk.custodian, reason=WHY, as_of=NOW)
    assert again == Decided(0, 0, 0)
    assert MarkDecision.objects.count() == 1


def test_only_a_custodian_with_a_reason_puts_words_back(desk: Desk) -> None:
    wanted, before = {desk.mark("Colin").pk: MarkState.RESTORED}, desk.answer()
    with pytest.raises(NotCustodian):
        decide(wanted, actor=desk.officer, reason=WHY, as_of=NOW)
    with pytest.raises(NoReason):
        decide(wanted, actor=desk.custodian, reason="why", as_of=NOW)
    assert desk.answer() == before
    assert not MarkDecision.objects.exists()


def test_words_that_were_not_kept_are_said_to_be_lost(desk: Desk) -> None:
    ExperienceMark.objects.update(kept=False)
    wanted = {desk.mark("Colin").pk: MarkState.RESTORED}
    done = decide(wanted, actor=desk.custodian, reason=WHY, as_of=NOW)
    assert done == Decided(out=0, back=0, lost=1)
    assert desk.mark("Colin").state == "waiting"


def test_marks_of_another_body_are_passed_over(desk: Desk) -> None:
    other = a_body("other")
    user = User.objects.create(username="stranger")
    stranger = Actor.from_post(Post.objects.create(user=user, body=other, role="lead_officer"))
    wanted = {mark.pk: MarkState.CONFIRMED for mark in desk.marks()}
    with acting_for([other.pk]):
        assert decide(wanted, actor=stranger, as_of=NOW) == Decided(0, 0, 0)
    assert {mark.state for mark in desk.marks()} == {"waiting"}


def test_more_words_are_taken_out_wherever_they_stand(desk: Desk) -> None:
    assert take_out_words(desk.told, "the PORTER", actor=desk.officer, as_of=NOW) == 1
    assert desk.answer() == (
        "[name] held my hand. [name] [name] joked. My mum [name] wrote from [postcode]."
    )
    added = desk.mark("the porter")
    assert SAID[added.begin : added.end] == "the porter"
    assert (added.found_by, added.state, added.kept) == ("person", "confirmed", True)
    decide({added.pk: MarkState.RESTORED}, actor=desk.custodian, reason=WHY, as_of=NOW)
    assert "[name] the porter joked" in desk.answer()


def test_where_nothing_was_sealed_yet_the_words_are_sealed_then(desk: Desk) -> None:
    account = Account(source="form", words="The one in the red cardigan was rude.")
    plain = tell(account, actor=Actor.system(a_body()), as_of=NOW)
    before = SealedIdentity.objects.count()
    take_out_words(plain, "red cardigan", actor=desk.officer, as_of=NOW)
    assert SealedIdentity.objects.count() == before + 1
    plain.refresh_from_db()
    assert plain.answer == "The one in the [name] was rude."


@pytest.mark.parametrize("words", ["", "x", "Sarah", "orter", "[name]", "nowhere at all"])
def test_what_does_not_stand_there_is_refused(desk: Desk, words: str) -> None:
    with pytest.raises(NotInTheWords):
        take_out_words(desk.told, words, actor=desk.officer, as_of=NOW)
