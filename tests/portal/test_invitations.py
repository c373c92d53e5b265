"""Invitations of people outside: who may be asked what, how a link opens, what is kept of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from pytest_django import Settings

from candour.cases.actions import Recorded
from candour.database.row_security import acting_for
from candour.engine import Refusal
from candour.mail.actions import NotSentAgain, send_again
from candour.mail.composing import composed
from candour.mail.models import MailMessage
from candour.mail.one_time import LinkLost, hash_of
from candour.portal.models import Invitation, InvitationLink, Revocation, Visit
from candour.portal.queries import State, by_visit, held_link, held_visit, invitations_of
from candour.portal.tokens import LINK_LASTS, MOST_LINKS, VISIT_LASTS
from tests.support.casework import Town, add, make_town, open_at
from tests.support.outside import EMAIL, MONDAY, SITE, Outside, in_cardiff

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def made(town: Town) -> Outside:
    return in_cardiff(town)


@pytest.fixture
def asked(made: Outside) -> UUID:
    return made.invited(made.entry("notice_sent"), plan=True)


def why(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return str(outcome)


# -- inviting -----------------------------------------------------------------------------------


def test_an_invitation_is_an_entry_and_one_mail(made: Outside, asked: UUID) -> None:
    entry = made.standing().entry(str(asked))
    assert entry is not None
    assert entry.kind == "outsider_invited"
    assert entry.data["who"] == "Gwen Rees, Responsible individual, Derwen Care"
    assert entry.data["asked"] == ["acknowledge", "answer", "dispute", "plan"]
    assert entry.refers_to == (made.entry("notice_sent"),)
    (mail,) = made.mails()
    assert (mail.to_email, mail.entry_id) == (EMAIL, asked)


def test_the_mail_says_nothing_of_the_case(made: Outside, asked: UUID) -> None:
    (mail,) = made.mails()
    words = f"{mail.subject} {mail.text}"
    assert "Plas Derwen" not in words
    assert "Falls" not in words
    assert made.case.ref not in words


def test_sent_twice_it_is_one_invitation_and_one_mail(made: Outside) -> None:
    number = "11111111-1111-4111-8111-111111111111"
    for _ in range(2):
        assert isinstance(made.invite(made.entry("notice_sent"), id=number), Recorded)
    assert len(made.mails()) == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"email": "nobody"}, "name@example.org"),
        ({"name": ""}, "one line"),
        ({"organisation": "x" * 201}, "one line"),
        ({"post": "two\nlines"}, "Their post"),
        ({"name": "n" * 150, "organisation": "o" * 150}, "too long together"),
        ({"sort": "friend"}, "sort of recipient"),
        ({"until": date(2026, 3, 30)}, "from today on"),
        ({"until": date(2027, 4, 2)}, "within a year"),
        ({"note": "x" * 2_001}, "2,000"),
        ({"sort": "regulator", "plan": True}, "Only the provider"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    made: Outside, more: dict[str, Any], says: str
) -> None:
    assert says in why(made.invite(made.entry("notice_sent"), **more))
    assert made.mails() == []


def test_nothing_asked_is_no_invitation(made: Outside) -> None:
    assert "at least one thing" in why(made.invite())


def test_what_is_for_members_alone_is_shown_to_nobody_outside(town: Town, made: Outside) -> None:
    when = "2026-03-30T16:00"
    secret = add(town, made.case, "evidence_added", when, EVIDENCE, audience="members").entry.id
    for sort in ("provider", "regulator", "others"):
        assert "not for this sort" in why(made.invite(secret, sort=sort))


EVIDENCE = {
    "evidence": "visit_report",
    "from_whom": "Nurse assessor",
    "what_it_shows": "Medicines were missed twice.",
}


def test_what_is_withheld_from_a_recipient_is_not_shown_to_it(town: Town, made: Outside) -> None:
    notice = made.entry("notice_sent")
    number = made.invited(notice)
    withheld = {
        "what": "The notice",
        "from_whom": ["Derwen Care"],
        "recipients": ["provider"],
        "reason": "Police ask for it.",
    }
    add(town, made.case, "information_withheld", "2026-03-30T17:00", withheld, refers_to=(notice,))
    assert "withheld" in why(made.invite(notice))
    found = made.look(number)
    assert found.state(MONDAY) is State.SENT


def test_an_entry_of_another_case_is_not_shown(town: Town, made: Outside) -> None:
    other = open_at(town, "2026-03-09T10:00", {"title": "Other"}, service=town.hospital)
    add(town, other, "concern_raised", "2026-03-09T11:00", CONCERN)
    theirs = Outside(other, town.council, town.mari, "lead_officer").entry("concern_raised")
    assert "not for this sort" in why(made.invite(theirs))


CONCERN = {
    "criteria": ["repeated_failure"],
    "results": ["provider_willing_and_able"],
    "seriousness": "significant",
    "what_happened": "Elsewhere.",
}


# -- links --------------------------------------------------------------------------------------


def test_the_token_stands_nowhere_in_the_database(
    made: Outside, asked: UUID, auditor_cursor: psycopg.Cursor[tuple[object, ...]]
) -> None:
    token = made.address().strip("/").split("/")[1]
    assert len(token) >= 43
    (mail,) = made.mails()
    assert token not in mail.text
    with acting_for([made.body.pk]):
        link = InvitationLink.objects.get()
        assert token in str(composed(mail, MONDAY).body)
    assert bytes(link.token_hash) == hash_of(token)
    assert token.encode() not in bytes(link.nonce)
    assert made.standing().recorded[-1].kind == "outsider_invited"
    assert token not in str([dict(entry.data) for entry in made.standing().recorded])


def test_another_secret_key_makes_no_link_and_the_former_one_still_does(
    made: Outside, asked: UUID, settings: Settings
) -> None:
    before = made.address()
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key, for the site from now on"
    with pytest.raises(LinkLost, match="CANDOUR_SECRET_KEY"):
        made.address()
    settings.SECRET_KEY_FALLBACKS = [former]
    assert made.address() == before


def test_a_link_opens_once(made: Outside, asked: UUID) -> None:
    assert made.opens(asked) is not None
    assert made.opens(asked) is None
    kinds = [entry.kind for entry in made.standing().recorded]
    assert kinds.count("link_opened") == 1


def test_the_database_lets_no_second_visit_in_by_one_link(made: Outside, asked: UUID) -> None:
    made.opens(asked)
    with acting_for([made.body.pk]):
        link = InvitationLink.objects.get()
        row = {"link": link, "case_id": made.case.pk, "opened_at": MONDAY, "ends_at": MONDAY}
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.create(secret_hash=b"2", **row)


def test_the_database_lets_nobody_in_by_a_link_that_opens_nothing(
    made: Outside, asked: UUID
) -> None:
    made.revokes(asked, "Sent to the wrong home.")
    with acting_for([made.body.pk]):
        link = InvitationLink.objects.get()
        with pytest.raises(IntegrityError, match="opens nothing"), transaction.atomic():
            Visit.objects.create(
                link=link,
                case_id=made.case.pk,
                secret_hash=b"1",
                opened_at=MONDAY,
                ends_at=MONDAY,
            )


@pytest.mark.parametrize("table", ["invitation", "link", "visit", "revocation"])
def test_nothing_of_it_is_ever_changed_or_removed(
    made: Outside, asked: UUID, owner_cursor: psycopg.Cursor[tuple[object, ...]], table: str
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation, match="never changed"):
        owner_cursor.execute(f"DELETE FROM portal_{table}")  # noqa: S608  # a name from above


def test_a_link_expires_and_a_new_one_closes_the_old(made: Outside, asked: UUID) -> None:
    later = MONDAY + LINK_LASTS
    assert made.opens(asked, as_of=later) is None
    assert made.look(asked).state(later) is State.LAPSED
    old = made.address()
    assert made.sends_again(asked, as_of=later)
    assert made.address() != old
    assert made.opens(asked, as_of=later) is not None


def test_so_many_links_a_day_and_no_more(made: Outside, asked: UUID) -> None:
    sent = [made.sends_again(asked) for _ in range(MOST_LINKS + 2)]
    assert sent.count(True) == MOST_LINKS - 1
    assert made.sends_again(asked, as_of=MONDAY + timedelta(days=1, minutes=1))


def test_a_visit_ends_by_itself_and_by_a_newer_one(made: Outside, asked: UUID) -> None:
    first = made.opens(asked)
    assert first is not None
    held = held_visit(first, asked)
    assert held is not None
    with acting_for([held.body_id]):
        assert by_visit(held.number, MONDAY) is not None
        assert by_visit(held.number, MONDAY + VISIT_LASTS) is None
    made.sends_again(asked)
    second = made.opens(asked)
    assert second is not None
    with acting_for([held.body_id]):
        assert by_visit(held.number, MONDAY) is None


def test_a_visit_s_secret_opens_no_other_invitation(made: Outside, asked: UUID) -> None:
    secret = made.opens(asked)
    assert secret is not None
    other = made.invited(made.entry("notice_sent"), email="other@derwen.example")
    assert held_visit(secret, other) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 500, "naïve", "' OR 1=1 --"])
def test_what_is_no_token_leads_nowhere(db: None, token: str) -> None:
    assert held_link(token) is None


def test_a_link_that_did_not_arrive_goes_to_no_other_address(made: Outside, asked: UUID) -> None:
    (mail,) = made.mails()
    with acting_for([made.body.pk]):
        MailMessage.objects.filter(pk=mail.pk).update(state="failed", settled_at=MONDAY)
        with pytest.raises(NotSentAgain, match="alone"):
            send_again(mail.pk, "thief@elsewhere.example", actor=made.actor, as_of=MONDAY)
        again = send_again(mail.pk, EMAIL, actor=made.actor, as_of=MONDAY)
        message = MailMessage.objects.select_related("body").get(pk=again)
        assert made.address() in str(composed(message, MONDAY).body)


# -- ends ---------------------------------------------------------------------------------------


def test_revoked_it_opens_nothing_and_the_log_says_why(made: Outside, asked: UUID) -> None:
    secret = made.opens(asked)
    assert secret is not None
    outcome = made.revokes(asked, "Sent to the wrong home.")
    assert isinstance(outcome, Recorded)
    assert outcome.entry.data["reason"] == "Sent to the wrong home."
    held = held_visit(secret, asked)
    assert held is not None
    with acting_for([held.body_id]):
        assert by_visit(held.number, MONDAY) is None
        assert Revocation.objects.get().by_id == made.user.pk
    assert not made.sends_again(asked)
    assert "already" in why(made.revokes(asked, "Again."))


def test_revoking_needs_a_reason(made: Outside, asked: UUID) -> None:
    assert "Say why" in why(made.revokes(asked, " "))


def test_another_body_sees_no_invitation(town: Town, made: Outside, asked: UUID) -> None:
    with acting_for([town.elsewhere.pk]):
        assert invitations_of(made.case.pk) == []
        assert not Invitation.objects.exists()
        assert not InvitationLink.objects.exists()


def test_the_address_is_the_one_that_the_site_has(made: Outside, asked: UUID) -> None:
    assert made.address().startswith("/outside/")
    assert SITE not in made.address()
    assert settings.SECRET_KEY not in made.mails()[0].text
