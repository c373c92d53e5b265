"""The pages of signatures: asking on a form, signing, links from outside, and verifying."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candour.documents.codes import code_of, start_of_code
from candour.letters.models import LetterDraft, SentFile, SentLetter
from candour.letters.sealing import canonical, seal_of, sha256
from candour.people.models import User
from candour.signing.models import Event, Request, SignedCopy
from candour.web.views.verifying import LARGEST
from tests.support.casework import Town
from tests.support.signatures import (
    MONDAY,
    OUTSIDER,
    Derbyshire,
    in_derbyshire,
    mails,
    tell,
    token_in,
)
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
NOW = "2026-03-30T11:00"


@pytest.fixture
def made(town: Town, monkeypatch: pytest.MonkeyPatch) -> Derbyshire:
    monkeypatch.setenv("CANDOUR_NOW", NOW)
    cache.clear()
    return in_derbyshire(town)


def asking(made: Derbyshire, **more: str) -> dict[str, Any]:
    post = made.wendy.posts.get().pk
    return {
        "key": str(uuid4()),
        "seq": str(len(made.standing().recorded)),
        "asking-title": "Record of Concern and Action",
        "concern": "Bells unanswered at night.",
        "action": "Regulator told.",
        "roca_decision": "go_on",
        "asking-language": "en",
        "asking-entries": [entry.id for entry in made.standing().by_kind["concern_raised"]],
        "signer-1-who": str(post),
        **more,
    }


def test_a_record_is_read_through_then_fixed_and_signed(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam, wendy = signed_in(made.town.sam), signed_in(made.wendy)
    page = sam.get(f"/cases/{made.case.ref}/signatures/")
    assert "Nothing has been put to be signed yet" in read(page)
    address = f"/cases/{made.case.ref}/signatures/ask/roca/"
    assert address in main_of(page)
    assert "Who signs, in this order" in read(sam.get(address))

    # “action” is a field of the record too: the button has a name of its own beside it.
    preview = sam.post(address, asking(made, press="preview"))
    assert "How the document reads" in read(preview)
    assert "Bells rang for thirty minutes" in main_of(preview).split("app-paper", 1)[1]
    with made.at_work():
        assert not Request.objects.exists()
    sent = sam.post(address, asking(made, press="ask"))
    assert sent.status_code == 302, read(sent)
    with made.at_work():
        (number,) = Request.objects.values_list("pk", flat=True)
    place = f"/cases/{made.case.ref}/signatures/{number}/"
    assert sent["Location"] == place
    assert "Type your name" not in read(sam.get(place))
    assert "Type your name" in read(wendy.get(place))

    wrong = wendy.post(place, {"press": "sign", "name": "Wendy Holmes"})
    assert wrong.status_code == 422
    assert "Tick the statement" in read(wrong)
    assert 'value="Wendy Holmes"' in main_of(wrong)
    done = wendy.post(place, {"press": "sign", "name": "wendy holmes", "intent": "yes"})
    assert done.status_code == 302
    page = wendy.get(place)
    assert "Signed by all" in read(page)
    assert not made.standing().open_keys("roca_signed")
    file = wendy.get(f"{place}document.pdf")
    assert file.content.startswith(b"%PDF")
    assert file["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"concern": ""}, "The concern: fill this in"),
        ({"signer-1-who": ""}, "Say who signs first"),
        ({"signer-1-who": "999999"}, "Choose somebody from the list"),
        ({"asking-title": ""}, "Title of the document"),
        (
            {
                "signer-1-who": "outside",
                "signer-1-name": "Gwen Rees",
                "signer-1-email": "gwen at home",
            },
            "write it like name@example.org",
        ),
        ({"asking-text": "Look: <script>alert(1)</script>"}, "HTML"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_and_nothing_is_lost(
    made: Derbyshire, signed_in: Browser, change: dict[str, str], says: str
) -> None:
    address = f"/cases/{made.case.ref}/signatures/ask/roca/"
    answer = signed_in(made.town.sam).post(address, asking(made, press="preview") | change)
    assert says in read(answer)
    assert answer.status_code == 422
    assert "Regulator told." in main_of(answer)
    assert "<script>alert" not in main_of(answer)


def test_a_record_that_the_procedure_has_somebody_sign_is_not_put_to_another(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = made.town.sam.posts.get(body=made.town.healthwatch).pk
    address = f"/cases/{made.case.ref}/signatures/ask/roca/"
    typed = asking(made, press="ask", **{"signer-1-who": str(sam)})
    answer = signed_in(made.town.sam).post(address, typed)
    assert answer.status_code == 422
    assert "signed by the chief executive" in read(answer)


def outside(made: Derbyshire) -> str:
    made.asked(OUTSIDER, record="", text="We visit on Thursday.")
    return f"/sign/{token_in(mails(made)[0])}/"


def test_an_outsider_sees_the_document_and_nothing_else_and_signs_once(made: Derbyshire) -> None:
    place, browser = outside(made), Client()
    page = browser.get(place)
    assert page.status_code == 200
    assert "We visit on Thursday." in read(page)
    assert made.case.title not in page.content.decode()
    assert "/cases/" not in page.content.decode()
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert browser.get(place).status_code == 200
    assert browser.get(f"{place}document.pdf").content.startswith(b"%PDF")

    wrong = browser.post(place, {"press": "sign", "name": "Somebody Else", "intent": "yes"})
    assert (wrong.status_code, "Type your name as" in read(wrong)) == (422, True)
    done = browser.post(place, {"press": "sign", "name": "Gwen Rees", "intent": "yes"})
    assert done.status_code == 302
    after = browser.get(place)
    assert "You have signed" in read(after)
    assert "Thursday" not in read(after)
    assert browser.get(f"{place}document.pdf").status_code == 410
    again = browser.post(place, {"press": "sign", "name": "Gwen Rees", "intent": "yes"})
    assert "You have signed" in read(again)
    with made.at_work():
        assert Event.objects.count() == 1


def test_an_outsider_declines_with_a_reason(made: Derbyshire) -> None:
    place, browser = outside(made), Client()
    empty = browser.post(place, {"press": "decline", "reason": ""})
    assert "Say why" in read(empty)
    browser.post(place, {"press": "decline", "reason": "Thursday is a holiday."})
    assert "You declined to sign" in read(browser.get(place))
    ended = made.standing().by_kind["signing_ended"][-1]
    assert ended.data["reason"] == "Thursday is a holiday."


def test_a_link_that_opens_nothing_says_which_way_it_ended(
    made: Derbyshire, monkeypatch: pytest.MonkeyPatch, signed_in: Browser
) -> None:
    place = outside(made)
    assert "This link opens nothing" in read(Client().get("/sign/made-up/"))
    assert Client().get(f"/sign/{'x' * 500}/").status_code == 410
    with made.at_work():
        number = Request.objects.get().pk
    manage = f"/cases/{made.case.ref}/signatures/{number}/"
    signatory = str(made.look(number).turns[0].signatory.pk)
    sam = signed_in(made.town.sam)
    sam.post(manage, {"press": "send", "signatory": signatory})
    assert "A newer link was sent to you" in read(Client().get(place))
    newest = f"/sign/{token_in(mails(made)[1])}/"
    monkeypatch.setenv("CANDOUR_NOW", "2026-05-01T09:00")
    assert "This link has expired" in read(Client().get(newest))
    monkeypatch.setenv("CANDOUR_NOW", NOW)
    sam.post(manage, {"press": "revoke", "signatory": signatory})
    assert "Nobody needs to sign this any more" in read(Client().get(newest))


def test_withdrawing_closes_the_link(made: Derbyshire, signed_in: Browser) -> None:
    place = outside(made)
    with made.at_work():
        number = Request.objects.get().pk
    manage = f"/cases/{made.case.ref}/signatures/{number}/"
    signed_in(made.town.sam).post(manage, {"press": "withdraw", "why": "A date was wrong."})
    assert Client().get(place).status_code == 410


def test_links_are_opened_so_often_and_no_more(made: Derbyshire) -> None:
    browser = Client()
    answers = [browser.get("/sign/guess/").status_code for _ in range(62)]
    assert answers[:60] == [410] * 60
    assert answers[-1] == 429


def test_the_page_greets_a_signatory_in_their_language(made: Derbyshire) -> None:
    made.asked(replace(OUTSIDER, language="cy"), record="", text="We visit.")
    mail = mails(made)[0]
    assert "yn gofyn i chi lofnodi" in mail.subject
    browser = Client()
    answer = browser.get(f"/sign/{token_in(mail)}/", follow=True)
    assert '<html lang="cy"' in answer.content.decode()


def test_a_stranger_verifies_by_code_and_by_file(made: Derbyshire) -> None:
    number = made.asked(made.chief)
    made.signs(number, 1, user=made.wendy)
    document = made.look(number).document
    code, browser = code_of(document.seal), Client()
    assert browser.get("/verify/").status_code == 200
    for typed in (code, code.lower().replace("-", "")):
        told = read(browser.post("/verify/", {"code": typed}))
        assert "There is a document with this code" in told
        assert "Record of Concern and Action (ROCA)" in told
        assert "Wendy Holmes" in told
        assert "Signed by all" in told
        for secret in ("Bells", made.case.ref, made.case.title):
            assert secret not in told
    with made.at_work():
        file = bytes(SignedCopy.objects.get().pdf)
    assert "exactly the document" in read(browser.post("/verify/", {"file": upload(file)}))
    at = len(file) // 2
    altered = file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :]
    answer = read(browser.post("/verify/", {"file": upload(altered)}))
    assert "This file is not one that was made here" in answer
    assert "Wendy" not in answer


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("copy.pdf", content, "application/pdf")


@pytest.mark.parametrize(
    ("typed", "says", "status"),
    [
        ("", "Type the code, or choose the file", 422),
        ("ABC", "The code is too short", 422),
        ("A" * 30, "The code is too long", 422),
        ("AAAAA-AAAAA-AAAAA-AAAA!", "a sign that no code has", 422),
        ("AAAAA-AAAAA-AAAAA-AAAAA", "There is a slip in the code", 422),
        (code_of("7" * 64), "No document made here has this code", 200),
    ],
)
def test_a_code_that_is_none_says_why(db: None, typed: str, says: str, status: int) -> None:
    cache.clear()
    answer = Client().post("/verify/", {"code": typed})
    assert says in read(answer)
    assert answer.status_code == status


def test_too_large_a_file_is_not_even_read(db: None) -> None:
    cache.clear()
    answer = Client().post("/verify/", {"code": ""}, CONTENT_LENGTH=str(LARGEST * 2))
    assert answer.status_code == 413


def test_documents_are_looked_up_so_often_and_no_more(db: None) -> None:
    cache.clear()
    answers = [Client().post("/verify/", {"code": "A"}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]
    cache.clear()


def test_verifying_is_guarded_against_forgery(db: None) -> None:
    assert Client(enforce_csrf_checks=True).post("/verify/", {"code": "A"}).status_code == 403


def test_nobody_else_reaches_the_signatures(made: Derbyshire, signed_in: Browser) -> None:
    number = made.asked(made.chief)
    for name in ("case-signature", "case-signature-file"):
        place = reverse(name, args=[made.case.ref, number])
        assert signed_in(made.town.mari).get(place).status_code == 404
    dilys = signed_in(made.town.dilys).get(f"/cases/{made.case.ref}/signatures/")
    assert dilys.status_code == 404


def test_a_page_of_signatures_asks_few_questions(made: Derbyshire, signed_in: Browser) -> None:
    for _ in range(3):
        made.asked(made.officer, made.chief)
    number = made.asked(made.chief)
    browser = signed_in(made.town.sam)
    for place in ("", f"{number}/", "ask/roca/"):
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(f"/cases/{made.case.ref}/signatures/{place}")
        # A test's own transaction adds savepoints, and says beforehand for whom it acts.
        own = [
            query for query in asked if "SELECT" in query["sql"] and "_config(" not in query["sql"]
        ]
        assert len([query for query in own if "current_setting" not in query["sql"]]) <= 10
        assert answer.status_code == 200
    page = main_of(browser.get(f"/cases/{made.case.ref}/signatures/"))
    assert page.count("app-signing__turns") == 4


def test_a_record_may_begin_with_the_form_of_the_procedure(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam, address = signed_in(made.town.sam), f"/cases/{made.case.ref}/signatures/ask/roca/"
    assert "?begin=form" in main_of(sam.get(address))
    begun = sam.get(f"{address}?begin=form")
    assert "Bells rang for thirty minutes" in main_of(begun)
    assert "{{" not in main_of(begun)
    typed = asking(made, press="ask", **{"asking-text": "## Done\nAs the form says."})
    typed["asking-entries"] = []
    assert sam.post(f"{address}?begin=form", typed).status_code == 302
    with made.at_work():
        number = Request.objects.get().pk
    concern = made.standing().by_kind["concern_raised"][0]
    data = {"why": "Wrong.", "changes": {"what_happened": "Something else."}}
    tell(made, "correction_made", "2026-03-30T10:45", data, refers_to=(concern.id,))
    assert "corrected in the case since" in str(made.signs(number, 1, user=made.wendy))


def test_the_draft_of_a_letter_may_be_signed_and_one_for_members_by_nobody_outside(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam, address = signed_in(made.town.sam), f"/cases/{made.case.ref}/signatures/ask/other/"
    with made.at_work():
        made_by = {"begun_by": made.town.sam, "edited_by": made.town.sam}
        draft = LetterDraft.objects.create(
            id=uuid4(),
            case=made.case,
            body=made.town.healthwatch,
            template="not_there",
            procedure="healthwatch_derbyshire",
            version="1",
            texts={
                name: {"subject": "Terms", "text": "Dear {{ recipient.name }}\n\nWe visit."}
                for name in ("en", "cy")
            },
            begun_at=MONDAY,
            edited_at=MONDAY,
            read_to=1,
            **made_by,
        )
    place = f"{address}?letter={draft.pk}"
    page = main_of(sam.get(place))
    assert "We visit." in page
    assert "recipient.name" not in page
    sent = {
        "key": str(uuid4()),
        "seq": str(len(made.standing().recorded)),
        "asking-title": "Terms",
        "asking-text": "We visit.",
        "signer-1-who": "outside",
        "signer-1-name": "Gwen Rees",
        "signer-1-email": "gwen@provider.example",
        "press": "ask",
    }
    assert "members of the case alone" in read(sam.post(place, sent))
    assert sam.get(f"{address}?letter=nonsense").status_code == 200


def test_a_letter_that_was_sent_is_known_by_code_and_file(made: Derbyshire) -> None:
    words = "5" * 64
    file = b"%PDF-1.7 as it was sent"
    with made.at_work():
        entry = made.standing().recorded[0]
        sealed = {"procedure": "healthwatch_derbyshire", "version": "?", "case": made.case.ref}
        sealed |= {"id": entry.id, "delivery": "mail", "template": "recommendation"}
        sealed |= {"sent_at": MONDAY.isoformat(), "sent_by": str(made.town.sam.pk)}
        told = canonical(sealed)
        letter = SentLetter.objects.create(
            id=entry.id,
            case=made.case,
            body=made.town.healthwatch,
            template="recommendation",
            delivery="mail",
            sent_at=MONDAY,
            sent_by=made.town.sam,
            sealed=told,
            seal=seal_of(told),
        )
        SentFile.objects.create(
            letter=letter,
            use="pdf",
            language="en",
            name="letter.pdf",
            type="application/pdf",
            content=file,
            sha256=sha256(file),
            code=start_of_code(words),
        )
    browser = Client()
    by_code = read(browser.post("/verify/", {"code": code_of(words)}))
    by_file = read(browser.post("/verify/", {"file": upload(file)}))
    assert "There is a document with this code" in by_code
    assert "exactly the document" in by_file
    for told in (by_code, by_file):
        assert "Healthwatch Derbyshire" in told
        assert "Letter" in told
        assert "Sent" in told
        assert made.case.ref not in told
