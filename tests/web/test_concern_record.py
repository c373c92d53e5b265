"""The record of concern: filled in from the log, signed in order, verified by its code."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.documents.codes import code_of
from candour.people.models import Post, User
from candour.signing.models import Request, SignedCopy
from tests.support.casework import Town
from tests.support.signatures import Derbyshire, in_derbyshire, tell
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
ABOUT_ITSELF = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT current_setting")


@pytest.fixture
def made(town: Town, monkeypatch: pytest.MonkeyPatch) -> Derbyshire:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T11:00")
    cache.clear()
    return in_derbyshire(town)


def room(made: Derbyshire) -> str:
    return f"/cases/{made.case.ref}/record-of-concern/"


def post_of(user: User) -> str:
    return str(Post.objects.get(user=user).pk)


def filled(made: Derbyshire, **more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "seq": str(len(made.standing().recorded)),
        "concern": "Bells unanswered at night.",
        "action": "Regulator told.",
        "roca_decision": "go_on",
        "record-signer": post_of(made.wendy),
        "press": "ask",
        **more,
    }


def test_it_opens_with_what_the_case_says_and_nothing_is_typed_twice(
    made: Derbyshire, signed_in: Browser
) -> None:
    tell(
        made,
        "response_judged",
        "2026-03-30T10:00",
        {"tier": "alert", "satisfactory": False, "reason": "The rota shows one carer."},
    )
    answer = signed_in(made.town.sam).get(room(made))
    page, markup = read(answer), main_of(answer)
    assert "Bells rang for thirty minutes on two evenings. The rota shows one carer." in page
    assert "- Provider alerted to the concern: by Mon 30 Mar 2026" in page
    assert "period set here" not in page.split("What is decided")[0].split("Fill it in")[1]
    assert 'value="escalate" checked' in markup
    assert f'value="{post_of(made.wendy)}" selected' in markup
    assert "Is the chief executive absent?" not in page
    assert "Record of Concern and Action agreed and signed" in page, "when it is due"
    assert "It also sets out 2 entries" in page


def test_it_is_agreed_and_signed_in_order_and_its_code_verifies(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam, wendy = signed_in(made.town.sam), signed_in(made.wendy)
    asked = filled(made, **{"record-agreed": post_of(made.town.sam)})
    preview = sam.post(room(made), {**asked, "press": "preview"})
    assert "How the document reads" in read(preview)
    assert "Bells rang for thirty minutes" in main_of(preview).split("app-paper", 1)[1]
    sent = sam.post(room(made), asked)
    assert sam.post(room(made), asked)["Location"] == sent["Location"], "sent twice, asked once"
    with made.at_work():
        request = Request.objects.select_related("document").get()
    signing = {"name": "", "intent": "yes", "press": "sign", "key": str(uuid4())}
    early = wendy.post(sent["Location"], {**signing, "name": made.wendy.name})
    assert early.status_code == 422, "the one who agrees comes first"
    for browser, user in ((sam, made.town.sam), (wendy, made.wendy)):
        assert browser.post(sent["Location"], {**signing, "name": user.name}).status_code == 302
    (last,) = [e for e in made.standing().by_kind["record_signed"] if not e.data.get("awaits")]
    assert last.data["record"] == "roca"
    assert "roca_signed" not in {owed.duty.id for owed in made.standing().owed()}
    with made.at_work():
        assert SignedCopy.objects.filter(request=request).exists()
    code = code_of(request.document.seal)
    page = read(sam.get(room(made)))
    assert code in page
    assert "Signed by all" in page
    assert "Healthwatch Derbyshire" in read(Client().post("/verify/", {"code": code}))


def test_the_chair_signs_while_the_chief_executive_is_absent_and_the_record_says_so(
    made: Derbyshire, signed_in: Browser
) -> None:
    joan = User.objects.create(username="joan", display_name="Joan Lee")
    Post.objects.create(user=joan, body=made.town.healthwatch, role="chair")
    sam = signed_in(made.town.sam)
    assert f'<option value="{post_of(joan)}"' in main_of(sam.get(room(made)))
    asked = filled(made, **{"record-signer": post_of(joan)})
    assert sam.post(room(made), asked).status_code == 302
    with made.at_work():
        assert Request.objects.get().data["chief_executive_absent"] is True


def test_nobody_is_offered_who_may_not_sign(made: Derbyshire, signed_in: Browser) -> None:
    sam = signed_in(made.town.sam)
    signer = main_of(sam.get(room(made))).split('name="record-signer"')[1].split("</select>")[0]
    assert post_of(made.town.sam) not in signer
    wrong = filled(made, **{"record-signer": post_of(made.town.sam), "concern": ""})
    answer = sam.post(room(made), wrong)
    assert answer.status_code == 422
    page = read(answer)
    assert "Signed by: choose who signs" in page
    assert "The concern: fill this in" in page
    same = filled(made, **{"record-agreed": post_of(made.wendy)})
    assert "somebody else than who signs" in read(sam.post(room(made), same))
    with made.at_work():
        assert not Request.objects.exists()


def test_what_was_recorded_meanwhile_is_shown_and_nothing_is_lost(
    made: Derbyshire, signed_in: Browser
) -> None:
    answer = signed_in(made.town.sam).post(room(made), filled(made, seq="1"))
    assert answer.status_code == 422
    assert "The case has moved on" in read(answer)
    assert "Regulator told." in read(answer)


def test_others_find_nothing_and_a_procedure_without_such_a_record_has_no_page(
    made: Derbyshire, signed_in: Browser
) -> None:
    for who in (made.town.mari, made.town.olwen, made.town.dilys):
        assert signed_in(who).get(room(made)).status_code == 404
        assert signed_in(who).post(room(made), filled(made)).status_code == 404


def test_the_page_asks_few_questions(made: Derbyshire, signed_in: Browser) -> None:
    sam = signed_in(made.town.sam)
    for _each in range(6):
        sam.post(room(made), filled(made))
    sam.get(room(made))  # what there was to say of them is said
    with CaptureQueriesContext(connection) as asked:
        assert read(sam.get(room(made))).count("0 of 1 have signed") == 6
    sent = [query["sql"] for query in asked if not query["sql"].startswith(ABOUT_ITSELF)]
    assert len(sent) <= 10, "\n".join(sent)
