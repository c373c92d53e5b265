"""Digests drawn, quoted, released, corrected, sent and answered."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from candour.bodies.models import Area, Body, BodyFunction, Contact
from candour.database.row_security import acting_for
from candour.experiences.marks import ExperienceMark
from candour.experiences.models import Experience
from candour.feeding_back.actions import (
    NotFedBack,
    Order,
    Replied,
    choose_cycle,
    record_reply,
    release,
    tick,
)
from candour.feeding_back.cycles import Cycle, Every
from candour.feeding_back.digests import fixed
from candour.feeding_back.models import Digest, DigestReply
from candour.feeding_back.queries import desks, due_digests, replies_for
from candour.mail.models import MailMessage
from tests.feeding_back.conftest import NOW, QUARTER, Feeding
from tests.support.casework import london

TODAY = NOW.date()
HALVES = [1] * 10 + [5] * 7


def ticked(feeding: Feeding, number: int, words: str, *, fit: bool = True) -> None:
    tick(
        feeding.town.hospital.provider,
        QUARTER,
        number,
        words,
        fit=fit,
        actor=feeding.actor,
        as_of=NOW,
    )


def due(feeding: Feeding, today: date = TODAY) -> list[Cycle]:
    with acting_for([feeding.town.healthwatch.pk]):
        return [each.cycle for each in due_digests([feeding.town.healthwatch.pk], today)]


def test_only_what_is_of_the_cycle_and_in_use_counts(feeding: Feeding) -> None:
    feeding.told(HALVES, themes=["food"])
    feeding.told([1] * 9, on=QUARTER.last + timedelta(days=1))
    feeding.told([1] * 9, on=QUARTER.first - timedelta(days=1))
    with acting_for([feeding.town.healthwatch.pk]):
        first = Experience.objects.order_by("pk")[0]
        Experience.objects.filter(pk=first.pk).update(out_since=NOW, out_because="withdrawn")
    content = feeding.prepared().content
    assert content["sides"] == {"well": 5, "improve": 5, "neither": None}
    assert feeding.prepared().drawn.counted.people == len(HALVES) - 1
    assert [each["theme"] for each in content["themes"]] == ["food", "food"]


def test_a_digest_is_due_once_its_days_are_over_until_it_is_released(feeding: Feeding) -> None:
    feeding.told(HALVES)
    assert due(feeding) == []
    choose_cycle(Every.QUARTER, actor=feeding.actor, as_of=NOW)
    assert due(feeding, QUARTER.last) == []
    assert due(feeding, QUARTER.last + timedelta(days=1)) == [QUARTER]
    feeding.release()
    assert due(feeding) == []


def test_what_was_due_stays_due_when_somebody_chooses_again(feeding: Feeding) -> None:
    feeding.told(HALVES)
    choose_cycle(Every.QUARTER, actor=feeding.actor, as_of=NOW)
    assert due(feeding, date(2026, 11, 23)) == [QUARTER]
    choose_cycle(Every.QUARTER, actor=feeding.actor, as_of=london("2026-11-23T09:00"))
    assert due(feeding, date(2026, 11, 23)) == [QUARTER]
    choose_cycle(Every.MONTH, actor=feeding.actor, as_of=london("2026-11-23T09:00"))
    assert due(feeding, date(2026, 11, 23)) == [Cycle(date(2026, 3, 1), QUARTER.last)]
    choose_cycle(Every.YEAR, actor=feeding.actor, as_of=london("2027-02-28T23:59"))
    assert due(feeding, date(2027, 2, 28)) == [Cycle(date(2026, 1, 1), date(2026, 12, 31))]


def test_an_organisation_of_which_four_told_is_not_due_and_cannot_be_released(
    feeding: Feeding,
) -> None:
    feeding.told([1, 2, 5, 5])
    choose_cycle(Every.QUARTER, actor=feeding.actor, as_of=NOW)
    assert due(feeding) == []
    with pytest.raises(NotFedBack, match="few"):
        feeding.release()


def test_nothing_is_quoted_until_somebody_ticks_it_and_nothing_after_they_untick_it(
    feeding: Feeding,
) -> None:
    rows = feeding.told(HALVES + [3] * 5)
    assert feeding.prepared().content["quotations"] == []
    ticked(feeding, rows[0].pk, "Ward 3 was what it was")
    assert [q["words"] for q in feeding.prepared().content["quotations"]] == [
        "Ward 3 was what it was"
    ]
    ticked(feeding, rows[0].pk, "", fit=False)
    assert feeding.prepared().content["quotations"] == []


def test_words_that_were_not_said_so_are_not_quoted(feeding: Feeding) -> None:
    rows = feeding.told(HALVES)
    with pytest.raises(NotFedBack, match="words"):
        ticked(feeding, rows[0].pk, "Ward 3 was wonderful")


def test_what_waits_to_be_looked_at_or_names_a_person_is_not_quoted(feeding: Feeding) -> None:
    rows = feeding.told([5] * 6)
    named = feeding.told([5], identifiable=True)[0]
    older = feeding.told([5], cleaned=False)[0]  # stored before words were cleaned as they come in
    with acting_for([feeding.town.healthwatch.pk]):
        ExperienceMark.objects.create(
            body=feeding.town.healthwatch,
            experience=rows[0],
            sort="name",
            begin=0,
            end=4,
            kept=False,
        )
    offered = {each.experience.pk for each in feeding.prepared().may_quote}
    assert offered == {row.pk for row in rows[1:]}
    for number in (rows[0].pk, named.pk, older.pk):
        with pytest.raises(NotFedBack, match="unfit"):
            ticked(feeding, number, "Ward 3")


def test_a_quotation_falls_away_once_the_answer_holds_it_no_more(feeding: Feeding) -> None:
    rows = feeding.told([1] * 6)
    ticked(feeding, rows[0].pk, "Ward 3 was what it was")
    with acting_for([feeding.town.healthwatch.pk]):
        ExperienceMark.objects.create(
            body=feeding.town.healthwatch,
            experience=rows[0],
            sort="name",
            begin=0,
            end=4,
            kept=False,
            state="confirmed",
        )
        Experience.objects.filter(pk=rows[0].pk).update(answer="[name] was what it was.")
    assert feeding.prepared().content["quotations"] == []


def test_nothing_is_quoted_of_a_side_that_is_not_given(feeding: Feeding) -> None:
    rows = feeding.told([*HALVES, 3, 3])
    ticked(feeding, rows[-1].pk, "Ward 3")
    assert feeding.prepared().content["quotations"] == []


def test_a_release_is_fixed_and_neither_changed_nor_removed(feeding: Feeding) -> None:
    feeding.told(HALVES)
    digest = feeding.release()
    with acting_for([feeding.town.healthwatch.pk]):
        digest = Digest.objects.get(pk=digest.pk)
        assert fixed(digest.content) == digest.sha256
        assert digest.drawn_from.count() == len(HALVES)
        for change in (
            lambda: Digest.objects.update(because="x"),
            lambda: Digest.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_what_was_seen_is_what_is_released(feeding: Feeding) -> None:
    rows = feeding.told(HALVES)
    seen = feeding.prepared().seen
    ticked(feeding, rows[0].pk, "Ward 3")
    with pytest.raises(NotFedBack, match="changed"):
        release(
            Order(feeding.town.hospital.provider, QUARTER, seen), actor=feeding.actor, as_of=NOW
        )


def test_a_cycle_that_runs_or_shares_days_with_a_released_one_is_refused(feeding: Feeding) -> None:
    feeding.told(HALVES)
    with pytest.raises(NotFedBack, match="running"):
        feeding.release(as_of=NOW - timedelta(days=5))
    feeding.release()
    with pytest.raises(NotFedBack, match="overlap"):
        feeding.release(Cycle(date(2026, 3, 1), date(2026, 3, 31)))


def test_only_who_leads_or_heads_releases(feeding: Feeding) -> None:
    feeding.told(HALVES)
    mari = feeding.town.actor(feeding.town.ieuan, "contract_monitoring_officer")
    order = Order(feeding.town.hospital.provider, QUARTER, feeding.prepared().seen)
    with pytest.raises(NotFedBack, match="role"):
        release(order, actor=mari, as_of=NOW)


def test_a_correction_is_a_release_of_its_own_with_a_reason(feeding: Feeding) -> None:
    feeding.told(HALVES)
    first = feeding.release()
    feeding.told([3] * 9)
    with pytest.raises(NotFedBack, match="because"):
        feeding.release()
    second = feeding.release(because="Nine forms on paper came late.")
    assert (second.number, second.corrects_id) == (2, first.pk)
    assert second.content["sides"]["neither"] is None  # as before: comparing tells nothing


def test_it_goes_by_mail_with_the_pdf_and_overseers_get_only_what_they_may(
    feeding: Feeding,
) -> None:
    town = feeding.town
    own = Contact.objects.create(body=town.hospital.provider, role="quality", email="q@x.example")
    BodyFunction.objects.create(body=town.council, function="commissioner")
    theirs = Contact.objects.create(body=town.council, role="commissioning", email="c@x.example")
    Contact.objects.create(body=town.elsewhere, role="enquiries", email="no@x.example")
    assert desks(town.healthwatch, town.hospital.provider, TODAY) == [own, theirs]
    feeding.told(HALVES)
    digest = feeding.release(desks=[own, theirs])
    with acting_for([town.healthwatch.pk]):
        mails = list(MailMessage.objects.order_by("pk"))
        assert [mail.to_email for mail in mails] == ["q@x.example", "c@x.example"]
        assert "5 to 9" in mails[0].text
        assert mails[0].attachments.get().name == f"digest-{digest.pk}.pdf"


def test_overseers_of_elsewhere_are_not_offered_and_only_the_desk_that_answers_is(
    feeding: Feeding,
) -> None:
    town = feeding.town
    here, there = (
        Area.objects.create(code=code, name=code, kind="local_authority", nation="england")
        for code in ("E1", "E2")
    )
    BodyFunction.objects.filter(body=town.healthwatch).update(place=here)

    def overseer(slug: str, nation: str = "england", place: Area | None = None) -> Contact:
        body = Body.objects.create(name=slug, slug=slug, nation=nation)
        desk = Contact.objects.create(body=body, role="enquiries", email=f"{slug}@x.example")
        Contact.objects.create(body=body, role="front door", email=f"door@{slug}.example")
        BodyFunction.objects.create(body=body, function="regulator", place=place, contact=desk)
        return desk

    near, everywhere = overseer("a-near", place=here), overseer("b-everywhere")
    overseer("far", place=there)
    overseer("abroad", "wales")
    assert desks(town.healthwatch, town.hospital.provider, TODAY) == [near, everywhere]


def test_an_answer_shows_with_the_experiences_it_is_about(feeding: Feeding) -> None:
    rows = feeding.told(HALVES, themes=["food"])
    other = feeding.told([1])[0]
    digest = feeding.release()
    for theme, public in (("food", True), ("", False)):
        record_reply(
            digest,
            Replied(TODAY, "We read it.", "A new kitchen.", theme, public),
            key=uuid4(),
            actor=feeding.actor,
            as_of=NOW,
        )
    with acting_for([feeding.town.healthwatch.pk]):
        assert {each.theme for each in replies_for(rows[0])} == {"food", ""}
        assert [each.theme for each in replies_for(rows[0], for_people=True)] == ["food"]
        assert [each.theme for each in replies_for(other)] == [""]


def test_an_answer_sent_twice_is_recorded_once_and_none_comes_before_the_release(
    feeding: Feeding,
) -> None:
    feeding.told(HALVES)
    digest, key = feeding.release(), uuid4()
    for _time in range(2):
        record_reply(digest, Replied(TODAY, "Yes."), key=key, actor=feeding.actor, as_of=NOW)
    with pytest.raises(NotFedBack, match="day"):
        record_reply(
            digest,
            Replied(TODAY - timedelta(days=1), "Yes."),
            key=uuid4(),
            actor=feeding.actor,
            as_of=NOW,
        )
    with acting_for([feeding.town.healthwatch.pk]):
        assert DigestReply.objects.count() == 1
    with acting_for([feeding.town.elsewhere.pk]):
        assert (Digest.objects.count(), DigestReply.objects.count()) == (0, 0)
