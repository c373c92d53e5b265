"""What changes between a yes and the sending, and what is sent again, goes round no rule."""

from dataclasses import replace
from uuid import uuid4

import pytest

from candour.bodies.models import Contact
from candour.cases import queries, standings
from candour.cases.actions import Recorded, record
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Refusal
from candour.engine.templates import RecipientRule
from candour.letters.actions import (
    Beginning,
    Kept,
    Sent,
    begin_draft,
    confirm_recipients,
    save_house,
    send,
)
from candour.letters.allowing import bars
from candour.letters.models import SentLetter
from candour.letters.work import Work
from candour.mail.actions import NotSentAgain, send_again
from candour.mail.failures import tell_the_case
from candour.mail.models import MailMessage, State
from tests.letters.test_recipients import HOUSE
from tests.support.casework import Town, add, hold_ppm, london
from tests.support.casework import draft as entry
from tests.support.letters import (
    AFTER,
    RI_EMAIL,
    all_of,
    begun,
    confirmed,
    fresh,
    officer,
    outsider,
    pressing,
    sent,
    work_on,
)

pytestmark = pytest.mark.django_db


def _failed(case: Case, email: str = RI_EMAIL) -> int:
    """Let the message to this address come to nothing, with its case told."""
    with acting_for([case.body_id]):
        message = MailMessage.objects.get(to_email=email)
        MailMessage.objects.filter(pk=message.pk).update(
            state=State.FAILED,
            next_at=AFTER,
            settled_at=AFTER,
            said=f"550 <{email}> is unknown here",
        )
    tell_the_case(message.pk, case.body_id, AFTER)
    standings.forget_all()
    return message.pk


def _again(town: Town, case: Case, number: int, email: str) -> int:
    with acting_for([case.body_id]):
        return send_again(number, email, actor=officer(town), as_of=AFTER)


def test_a_letter_is_not_sent_again_to_an_address_that_somebody_types(
    town: Town, case: Case
) -> None:
    """Otherwise one person alone could send any letter that failed to anybody at all."""
    sent(town, case)
    failed = _failed(case)
    with pytest.raises(NotSentAgain) as no:
        _again(town, case, failed, "thief@elsewhere.example")
    assert "second person" in str(no.value.refusal)
    with acting_for([case.body_id]):
        assert MailMessage.objects.count() == 2
        assert MailMessage.objects.get(pk=failed).again_id is None


def test_a_letter_is_sent_again_to_the_same_address_and_to_the_directorys(
    town: Town, case: Case
) -> None:
    sent(town, case)
    failed = _failed(case)
    again = _again(town, case, failed, RI_EMAIL.upper())
    with acting_for([case.body_id]):
        MailMessage.objects.filter(pk=again).update(state=State.FAILED, settled_at=AFTER)
    Contact.objects.filter(email=RI_EMAIL).update(email="gwenllian@derwen.example")
    with pytest.raises(NotSentAgain):
        _again(town, case, again, "thief@elsewhere.example")
    assert _again(town, case, again, "gwenllian@derwen.example") > again


def test_a_body_that_does_without_a_second_person_may_type_one(town: Town, case: Case) -> None:
    with acting_for([case.body_id]):
        save_house(actor=officer(town), house=HOUSE, number=0, as_of=AFTER)
    sent(town, case)
    assert _again(town, case, _failed(case), "gh@elsewhere.example")


def test_what_was_withheld_since_is_not_sent_again(town: Town, case: Case) -> None:
    sent(town, case)
    failed = _failed(case)
    held = begun(town, case)
    withheld = {
        "what": "What the PPM said",
        "from_whom": ["Somebody else"],
        "recipients": ["provider"],
        "reason": "It would put a witness at risk.",
    }
    about = (str(held.about),)
    add(town, case, "information_withheld", "2026-03-31T10:30", withheld, refers_to=about)
    with pytest.raises(NotSentAgain) as no:
        _again(town, case, failed, RI_EMAIL)
    assert "closed to" in str(no.value.refusal)


def test_a_letter_does_not_leave_for_an_address_that_the_directory_has_changed(
    town: Town, case: Case
) -> None:
    draft = begun(town, case)
    ready = confirmed(town, draft, all_of(work_on(draft)))
    Contact.objects.filter(email=RI_EMAIL).update(name="Nia Wyn", email="nia@derwen.example")
    with acting_for([case.body_id]):
        outcome = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
        assert isinstance(outcome, Refusal)
        assert not MailMessage.objects.exists()
    anew = confirmed(town, ready, all_of(work_on(ready)))
    with acting_for([case.body_id]):
        assert isinstance(send(actor=officer(town), pressing=pressing(anew), as_of=AFTER), Sent)
        assert MailMessage.objects.filter(to_email="nia@derwen.example").exists()


def test_a_letter_does_not_leave_for_somebody_whom_the_rule_has_ceased_to_name(
    town: Town, case: Case
) -> None:
    commissioner = RecipientRule("others")
    desk = Contact.objects.create(body=town.council, role="others", email="desk@vale.example")
    draft = begun(town, case)
    with pytest.MonkeyPatch.context() as patch:
        _to(patch, commissioner)
        ready = confirmed(town, draft, all_of(work_on(draft)))
        desk.delete()
        Contact.objects.create(body=town.council, role="others", email="other@vale.example")
        with acting_for([case.body_id]):
            outcome = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
            assert isinstance(outcome, Refusal)
            assert not MailMessage.objects.exists()


def _to(patch: pytest.MonkeyPatch, *rules: RecipientRule) -> None:
    """Make every letter one to these recipients."""
    plain = Work.template.func  # type: ignore[attr-defined]  # the cached property's own
    patch.setattr(
        Work, "template", property(lambda work: replace(plain(work), to=rules, copied_to=()))
    )


@pytest.mark.parametrize("emails", [("a@fam.example", "b@fam.example"), ("", "")])
def test_two_desks_of_one_role_are_two_recipients(
    town: Town, case: Case, emails: tuple[str, str]
) -> None:
    for name, email in zip(("Ann Rees", "Bob Rees"), emails, strict=True):
        Contact.objects.create(body=town.council, role="families", name=name, email=email)
    draft = begun(town, case)
    with pytest.MonkeyPatch.context() as patch:
        _to(patch, RecipientRule("families"))
        work = work_on(draft)
        assert [line.name for line in work.proposed] == ["Ann Rees", "Bob Rees"]
        assert len({line.key for line in work.proposed}) == 2
        if not emails[0]:
            return
        ready = confirmed(town, draft, all_of(work))
        with acting_for([case.body_id]):
            assert isinstance(
                send(actor=officer(town), pressing=pressing(ready), as_of=AFTER), Sent
            )
            told = set(MailMessage.objects.values_list("to_email", flat=True))
    assert told == set(emails)


def test_two_recipients_under_one_key_are_refused(town: Town, case: Case) -> None:
    draft = begun(town, case)
    twice = [outsider("a@wrens.example"), outsider("b@wrens.example")]
    with acting_for([case.body_id]):
        outcome = confirm_recipients(
            draft_id=str(draft.pk),
            actor=officer(town),
            chosen=[*all_of(work_on(draft)), *twice],
            revision=draft.revision,
            as_of=AFTER,
        )
    assert isinstance(outcome, Refusal)


def test_long_keys_that_begin_alike_are_two_messages(town: Town, case: Case) -> None:
    with acting_for([case.body_id]):
        save_house(actor=officer(town), house=HOUSE, number=0, as_of=AFTER)
    draft = begun(town, case)
    long = "outside:" + "x" * 300
    beside = [outsider(f"{each}@wrens.example", key=long + each) for each in "ab"]
    ready = confirmed(town, draft, [*all_of(work_on(draft)), *beside])
    with acting_for([case.body_id]):
        assert isinstance(send(actor=officer(town), pressing=pressing(ready), as_of=AFTER), Sent)
        assert MailMessage.objects.count() == 4


def test_what_is_withheld_from_others_bars_whoever_no_rule_names(town: Town, case: Case) -> None:
    draft = begun(town, case)
    withheld = {
        "what": "What the PPM said",
        "from_whom": ["Somebody else"],
        "recipients": ["others"],
        "reason": "It would put a witness at risk.",
    }
    about = (str(draft.about),)
    add(town, case, "information_withheld", "2026-03-31T09:00", withheld, refers_to=about)
    work = work_on(draft)
    found = bars(
        [*all_of(work), outsider("sali@wrens.example")],
        work.template.audience,
        work.directory,
        standing=work.standing,
        used=work.used,
        at=AFTER,
    )
    assert [bar.key for bar in found] == ["outside:x1"]


def test_the_log_never_names_whoever_it_must_not_though_their_letter_comes_back(
    town: Town, case: Case
) -> None:
    Contact.objects.create(
        body=town.council, role="families", name="Ann Rees", email="ann@fam.example"
    )
    draft = begun(town, case)
    with pytest.MonkeyPatch.context() as patch:
        _to(patch, RecipientRule("families"))
        ready = confirmed(town, draft, all_of(work_on(draft)))
        with acting_for([case.body_id]):
            outcome = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
            assert isinstance(outcome, Sent), outcome
        failed = _failed(case, "ann@fam.example")
        _again(town, case, failed, "ann@fam.example")
    standings.forget_all()
    with acting_for([case.body_id]):
        standing = queries.standing(case.pk)
    kept = [e for e in standing.recorded if e.kind in ("delivery_failed", "sent_again")]
    assert [entry.data["to"] for entry in kept] == [["families"], ["families"]]
    assert "ann" not in str([entry.data for entry in kept]).casefold()


def test_a_letter_about_one_meeting_leaves_what_is_owed_for_another_owed(
    town: Town, case: Case
) -> None:
    """It was begun from the second meeting's duty, and somebody then chose the first meeting."""
    first = _meetings(case)[-1]
    call = {
        "meeting": "ppm",
        "meets_on": "2026-04-13",
        "invited": ["Registered manager", "Responsible individual"],
        "responsible_individual_invited": True,
        "ciw_invited": True,
    }
    add(town, case, "meeting_called", "2026-03-31T12:00", call)
    second = hold_ppm(town, case, "2026-04-13T10:00").entry.id
    later = london("2026-04-14T10:00")
    with acting_for([case.body_id]):
        owed = [d for d in queries.standing(case.pk).owed() if d.duty.id == "ppm_letter"]
        assert {each.trigger for each in owed} == {first, second}
        key = next(each.key for each in owed if each.trigger == second)
        outcome = begin_draft(
            case=fresh(case),
            actor=officer(town),
            beginning=Beginning("letter_status", first, key),
            draft_id=str(uuid4()),
            as_of=later,
        )
    assert isinstance(outcome, Kept), outcome
    ready = confirmed(town, outcome.draft, all_of(work_on(outcome.draft, later)), later)
    with acting_for([case.body_id]):
        gone = send(actor=officer(town), pressing=pressing(ready), as_of=later)
        assert isinstance(gone, Sent), gone
        left = [d.trigger for d in queries.standing(case.pk).owed() if d.duty.id == "ppm_letter"]
    assert gone.recorded is not None
    assert gone.recorded.entry.refers_to == (first,)
    assert left == [second]


def test_nothing_leaves_that_the_log_would_not_say(town: Town, case: Case) -> None:
    """An entry has the number of the letter already: recording it again adds nothing."""
    draft = begun(town, case)
    ready = confirmed(town, draft, all_of(work_on(draft)))
    at = london("2026-03-31T10:00")
    told = {"notice": "provider_status", "to": ["Somebody by phone"], "by": "Phone"}
    with acting_for([case.body_id]):
        noted = record(
            case_id=case.pk,
            actor=officer(town),
            draft=replace(entry("notice_sent", at, told), id=str(draft.pk)),
            expected_seq=None,
            as_of=at,
        )
        assert isinstance(noted, Recorded), noted
        outcome = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
        assert isinstance(outcome, Refusal)
        assert not SentLetter.objects.exists()
        assert not MailMessage.objects.exists()


def _meetings(case: Case) -> list[str]:
    with acting_for([case.body_id]):
        held = queries.standing(case.pk).by_kind["meeting_held"]
    return [entry.id for entry in held]
