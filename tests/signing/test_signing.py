"""Asking and signing: in order, once, as it stands; and what the case then says."""

import io
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from candour.bodies.models import Contact
from candour.cases.actions import Recorded
from candour.database.row_security import acting_for
from candour.documents.codes import code_of, read_code
from candour.engine import Refusal
from candour.signing.actions import Signer, revoke_link, send_link
from candour.signing.composing import About, Wording, compose, not_for_outside
from candour.signing.models import Event, FixedDocument, Link, SignedCopy, What
from candour.signing.names import same_name
from candour.signing.queries import request_of, requests_of
from candour.signing.sealed import Asked, find_sealed
from candour.signing.tokens import LIFETIME
from tests.support.signatures import (
    MONDAY,
    OUTSIDER,
    SITE,
    Derbyshire,
    link_of,
    mails,
    tell,
    token_in,
)

pytestmark = pytest.mark.django_db
DUTY = "roca_signed"
HOUR = timedelta(hours=1)


def owed(made: Derbyshire) -> bool:
    return bool(made.standing().open_keys(DUTY))


def test_the_chief_executive_signs_and_the_duty_is_met(made: Derbyshire) -> None:
    number = made.asked(made.chief)
    assert owed(made)

    outcome = made.signs(number, 1, user=made.wendy)

    assert isinstance(outcome, Recorded), outcome
    data = outcome.entry.data
    document = made.look(number).document
    assert (outcome.entry.kind, data["record"], data["place"]) == ("record_signed", "roca", 1)
    assert data["signed_by"] == ["Wendy Holmes"]
    assert data["document"] == document.seal
    assert (data["how"], "awaits" in data) == ("signed_in", False)
    assert data["intent"].startswith("I have read this document")
    assert outcome.entry.author == str(made.wendy.pk)
    assert outcome.entry.refers_to == (str(number),)
    assert not owed(made)


def test_the_document_says_what_the_case_says_and_is_sealed(made: Derbyshire) -> None:
    document = made.look(made.asked(made.chief)).document
    content = json.loads(document.sealed)["content"]
    told = json.dumps(content, ensure_ascii=False)
    for words in ("Bells unanswered at night.", "Bells rang for thirty minutes", made.case.ref):
        assert words in told
    assert bytes(document.pdf).startswith(b"%PDF")
    assert read_code(code_of(document.seal)) == document.code


def test_somebody_else_may_not_be_asked_where_the_procedure_says_who_signs(
    made: Derbyshire,
) -> None:
    for signer in (made.officer, OUTSIDER):
        outcome = made.ask(signer)
        assert isinstance(outcome, Refusal)
        assert "signed by the chief executive" in str(outcome)
    assert not FixedDocument.objects.exists()


def test_of_two_the_first_signs_first_and_only_the_last_meets_the_duty(made: Derbyshire) -> None:
    number = made.asked(made.officer, made.chief)

    early = made.signs(number, 2, user=made.wendy)
    assert isinstance(early, Refusal)
    assert "Sam Okafor signs before you" in str(early)

    first = made.signs(number, 1, user=made.town.sam, role="lead_officer")
    assert isinstance(first, Recorded), first
    assert first.entry.data["awaits"] == ["Wendy Holmes"]
    assert owed(made)
    assert [mail.to_email for mail in mails(made)] == ["wendy@healthwatch.example"]

    last = made.signs(number, 2, user=made.wendy)
    assert isinstance(last, Recorded), last
    assert last.entry.data["signed_by"] == ["Sam Okafor", "Wendy Holmes"]
    assert not owed(made)
    assert made.look(number).complete


def test_pressing_twice_signs_once(made: Derbyshire) -> None:
    number = made.asked(made.chief)
    made.signs(number, 1, user=made.wendy)
    again = made.signs(number, 1, user=made.wendy)
    assert isinstance(again, Recorded)
    assert again.repeated
    with made.at_work():
        assert Event.objects.filter(what=What.SIGNED).count() == 1
        assert SignedCopy.objects.count() == 1


def test_asking_twice_with_one_form_asks_once(made: Derbyshire) -> None:
    number = str(uuid4())
    made.asked(made.chief, number=number)
    again = made.ask(made.chief, number=number)
    assert isinstance(again, Recorded)
    assert again.repeated
    with made.at_work():
        assert FixedDocument.objects.count() == 1
    assert len(mails(made)) == 1


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"name": "Wendy Somebody"}, "Type your name as the document has it: Wendy Holmes"),
        ({"agreed": False}, "Tick the statement"),
    ],
)
def test_a_name_alone_or_another_name_is_no_signature(
    made: Derbyshire, how: dict[str, Any], says: str
) -> None:
    number = made.asked(made.chief)
    outcome = made.signs(number, 1, user=made.wendy, **how)
    assert isinstance(outcome, Refusal)
    assert says in str(outcome)
    assert owed(made)


def test_another_account_does_not_sign_in_their_place(made: Derbyshire) -> None:
    number = made.asked(made.chief)
    outcome = made.signs(number, 1, user=made.town.sam, role="lead_officer", name="Wendy Holmes")
    assert "Wendy Holmes is asked to sign here, and nobody else." in str(outcome)


def test_a_document_whose_case_was_corrected_is_not_signed_any_more(made: Derbyshire) -> None:
    number = made.asked(made.chief)
    concern = made.standing().by_kind["concern_raised"][0]
    changes = {"what_happened": "Bells rang for thirty minutes on three evenings."}
    data = {"why": "A third evening came to light.", "changes": changes}
    tell(made, "correction_made", "2026-03-30T10:30", data, refers_to=(concern.id,))

    outcome = made.signs(number, 1, user=made.wendy)

    assert isinstance(outcome, Refusal)
    assert "has been corrected in the case since" in str(outcome)
    anew = made.asked(made.chief, as_of=MONDAY + HOUR)
    assert isinstance(made.signs(anew, 1, user=made.wendy, as_of=MONDAY + 2 * HOUR), Recorded)


def test_entries_that_came_after_do_not_stop_a_signature(made: Derbyshire) -> None:
    number = made.asked(made.chief)
    told = {"notice": "quality_provider", "to": ["Ely Hospitals Trust"]}
    tell(made, "notice_sent", "2026-03-30T10:30", told)
    assert isinstance(made.signs(number, 1, user=made.wendy), Recorded)


def test_declining_says_why_and_ends_the_request(made: Derbyshire) -> None:
    number = made.asked(made.officer, made.chief)
    assert "Say why" in str(made.declines(number, 2, " ", user=made.wendy))

    outcome = made.declines(number, 2, "The second evening is missing.", user=made.wendy)

    assert isinstance(outcome, Recorded), outcome
    assert dict(outcome.entry.data) == {
        "outcome": "declined",
        "who": "Wendy Holmes",
        "reason": "The second evening is missing.",
    }
    refused = made.signs(number, 1, user=made.town.sam, role="lead_officer")
    assert "This request has ended" in str(refused)
    assert owed(made)


def test_a_request_is_withdrawn_with_a_reason_and_once(made: Derbyshire) -> None:
    number = made.asked(made.chief)
    assert "Say why" in str(made.withdraws(number, ""))
    assert isinstance(made.withdraws(number, "A name was wrong."), Recorded)
    assert "Nobody is waited for" in str(made.withdraws(number, "Once more."))
    assert "ended" in str(made.signs(number, 1, user=made.wendy))


def test_an_outsider_signs_by_the_newest_link_only(made: Derbyshire) -> None:
    number = made.asked(OUTSIDER, record="", text="We visit on Thursday.")
    (mail,) = mails(made)
    assert mail.to_email == OUTSIDER.email
    assert made.case.ref not in mail.text
    assert "Terms of a visit" not in mail.text
    first = link_of(token_in(mail))
    asked = made.look(number)
    with made.at_work():
        send_link(asked, asked.turns[0], made_by=made.wendy.pk, as_of=MONDAY, site=SITE)
    second = link_of(token_in(mails(made)[1]))

    old = made.signs(number, 1, link=first)
    assert "This link opens nothing any more" in str(old)
    late = made.signs(number, 1, link=second, as_of=MONDAY + LIFETIME)
    assert "This link opens nothing any more" in str(late)
    done = made.signs(number, 1, link=second)

    assert isinstance(done, Recorded), done
    assert (done.entry.kind, done.entry.data["how"]) == ("document_signed", "link")
    assert done.entry.author == "system"
    assert done.entry.data["signed_by"] == ["Gwen Rees"]


def test_a_revoked_link_opens_nothing(made: Derbyshire) -> None:
    number = made.asked(OUTSIDER, record="", text="We visit on Thursday.")
    link = link_of(token_in(mails(made)[0]))
    asked = made.look(number)
    with made.at_work():
        by: dict[str, Any] = {"by": made.wendy.pk, "name": made.wendy.name, "as_of": MONDAY}
        assert revoke_link(asked, asked.turns[0], **by)
    asked = made.look(number)
    with made.at_work():
        assert not revoke_link(asked, asked.turns[0], **by)
    assert "opens nothing" in str(made.signs(number, 1, link=link))


def test_what_is_for_members_is_signed_by_nobody_outside(made: Derbyshire) -> None:
    outcome = made.ask(OUTSIDER, record="", text="Part one.", audience="members")
    assert "members of the case alone" in str(outcome)


def test_nobody_or_the_same_person_twice_is_refused(made: Derbyshire) -> None:
    assert "at least one signatory" in str(made.ask())
    assert "named twice" in str(made.ask(made.officer, made.officer, made.chief))


def test_the_signed_copy_bears_the_names_and_the_same_code(made: Derbyshire) -> None:
    number = made.asked(made.chief)
    made.signs(number, 1, user=made.wendy)
    with made.at_work():
        copy = SignedCopy.objects.get(request_id=number)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(copy.pdf)).pages)
    assert "Wendy Holmes" in text
    assert code_of(made.look(number).document.seal) in text


@pytest.mark.parametrize(
    ("typed", "wanted", "same"),
    [
        ("gwen  rees", "Gwen Rees", True),
        ("Siân O’Neill", "Sian O'Neill", True),
        ("G. Rees", "Gwen Rees", False),
        ("", "", False),
        ("Gwen Reese", "Gwen Rees", False),
    ],
)
def test_a_name_is_the_same_whatever_its_capitals_and_accents(
    typed: str, wanted: str, *, same: bool
) -> None:
    assert same_name(typed, wanted) is same


# -- what holds against everybody --------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET case_id = case_id",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
    ],
)
@pytest.mark.parametrize(
    "table",
    [
        "signing_document",
        "signing_request",
        "signing_signatory",
        "signing_link",
        "signing_event",
        "signing_copy",
    ],
)
def test_nothing_is_changed_or_removed_even_by_the_owner(
    owner_cursor: psycopg.Cursor[Any], table: str, statement: str
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation, match="never changed or removed"):
        owner_cursor.execute(statement.format(table))


def test_a_document_that_is_not_what_its_seal_says_is_refused(made: Derbyshire) -> None:
    document = made.look(made.asked(made.chief)).document
    for change in ({"pdf": bytes(document.pdf) + b" "}, {"sealed": document.sealed + " "}):
        altered = FixedDocument.objects.model(
            **{
                field.attname: getattr(document, field.attname)
                for field in FixedDocument._meta.concrete_fields
            }
            | {"id": uuid4(), **change}
        )
        refused = pytest.raises(DatabaseError, match="seal is not that")
        with made.at_work(), refused, transaction.atomic():
            altered.save(force_insert=True)


def test_the_database_keeps_the_order_and_the_links(made: Derbyshire) -> None:
    number = made.asked(OUTSIDER, made.chief, record="roca")
    asked = made.look(number)
    first, second = (turn.signatory for turn in asked.turns)
    facts = {"request_id": number, "case_id": made.case.pk, "what": "signed", "at": MONDAY}
    with made.at_work():
        link = Link.objects.get(signatory=first)
        for wrong, says in (
            ({"signatory": second, "by_id": made.wendy.pk}, "somebody else signs before"),
            ({"signatory": first}, "the link opens nothing"),
            ({"signatory": first, "link": link, "at": MONDAY + LIFETIME}, "link opens nothing"),
        ):
            with pytest.raises(DatabaseError, match=says), transaction.atomic():
                Event.objects.create(**{**facts, **wrong}, name="x")
        Event.objects.create(**facts, signatory=first, link=link, name="Gwen Rees")
        with pytest.raises(DatabaseError, match="somebody else is asked"), transaction.atomic():
            Event.objects.create(**facts, signatory=second, by_id=made.town.sam.pk, name="x")


def test_another_body_sees_nothing_of_it(made: Derbyshire) -> None:
    number = made.asked(made.chief)
    with acting_for([made.town.council.pk]):
        assert request_of(made.case.pk, number) is None
        assert requests_of(made.case.pk) == []
    assert not FixedDocument.objects.exists()


def test_anybody_learns_who_signed_by_code_and_nothing_that_it_says(made: Derbyshire) -> None:
    number = made.asked(made.officer, made.chief)
    document = made.look(number).document
    waiting = find_sealed(Asked(code=document.code))
    assert waiting is not None
    assert (waiting.became, waiting.signatures) == ("waiting", ())
    made.signs(number, 1, user=made.town.sam, role="lead_officer")
    made.signs(number, 2, user=made.wendy)

    by_code = find_sealed(Asked(code=document.code))
    by_file = find_sealed(Asked(file=document.pdf_hash))
    with made.at_work():
        copy = SignedCopy.objects.get(request_id=number)
    by_copy = find_sealed(Asked(file=copy.pdf_hash))

    assert by_code == by_file == by_copy
    assert by_code is not None
    assert (by_code.became, by_code.seal) == ("signed", document.seal)
    assert by_code.sort.en == "Record of Concern and Action (ROCA)"
    assert [(each.name, each.post) for each in by_code.signatures] == [
        ("Sam Okafor", "Lead officer"),
        ("Wendy Holmes", "Chief executive"),
    ]
    assert find_sealed(Asked(file="0" * 64)) is None
    assert find_sealed(Asked()) is None


def test_an_outsider_cannot_tell_from_the_document_who_reported(made: Derbyshire) -> None:
    concern = made.standing().by_kind["concern_raised"][0]
    about = About(made.case.ref, "Ward 3", "Healthwatch Derbyshire")
    told = {
        outside: str(
            compose(
                made.standing(),
                about,
                Wording("", "T", {}, entries=(concern.id,), outside=outside),
                "en",
            )
        )
        for outside in (False, True)
    }
    assert "An Enter & View visit" in told[False]
    assert "An Enter & View visit" not in told[True]
    assert "Bells rang" in told[True]


def test_what_is_withheld_from_the_provider_is_not_for_outside(made: Derbyshire) -> None:
    concern = made.standing().by_kind["concern_raised"][0]
    assert not_for_outside(made.standing(), [concern.id], MONDAY) == []
    data = {
        "what": "The concern",
        "from_whom": ["Ely Hospitals Trust"],
        "recipients": ["provider"],
        "reason": "It would put somebody at risk.",
    }
    tell(made, "information_withheld", "2026-03-30T09:00", data, refers_to=(concern.id,))
    closed = not_for_outside(made.standing(), [concern.id], MONDAY)
    assert [entry.id for entry in closed] == [concern.id]


def test_what_is_for_partners_is_signed_by_nobody_at_the_provider(made: Derbyshire) -> None:
    provider = made.town.hospital.provider
    Contact.objects.create(body=provider, role="enquiries", email="GWEN@provider.example")
    outcome = made.ask(OUTSIDER, record="", text="For partners.", audience="partners")
    assert "nobody at the provider signs it" in str(outcome)
    other = Signer(name="A. Regulator", email="a@regulator.example")
    fine = made.ask(other, record="", text="For partners.", audience="partners")
    assert isinstance(fine, Recorded), fine
