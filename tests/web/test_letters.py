"""The pages of letters: from the duty to the letter as sent, and everything on the way."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.letters.models import LetterDraft, SentLetter, TemplateOverride
from candour.mail.models import MailMessage
from candour.people.models import User
from tests.support.casework import Town, add
from tests.support.letters import (
    AFTER,
    RI_EMAIL,
    after_ppm,
    all_of,
    begun,
    colleague,
    confirmed,
    outsider,
    sent,
    work_on,
)
from tests.support.partners import shared_with
from tests.web.pages import main_of, part, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", AFTER.isoformat())
    return after_ppm(town)


def _hidden(page: object, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', main_of(page))  # type: ignore[arg-type]  # an answer
    assert found, name
    return found[1]


def _draft(case: Case) -> LetterDraft:
    with acting_for([case.body_id]):
        return LetterDraft.objects.get(case=case)


def test_the_duty_on_the_case_leads_to_its_letter(
    case: Case, town: Town, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    for page in (f"/cases/{case.ref}/", f"/cases/{case.ref}/letters/"):
        shown = main_of(browser.get(page))
        assert f"/cases/{case.ref}/letters/write/letter_status/?about=" in shown
        assert "Write the letter" in shown


def test_from_the_duty_to_the_letter_as_sent(case: Case, town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    room = f"/cases/{case.ref}/letters/"
    begin = re.search(
        r'href="(/cases/[^"]*letter_status/\?about=[^"]*)"', main_of(browser.get(room))
    )
    assert begin
    address = begin[1].replace("&amp;", "&")
    form = browser.get(address)
    about = re.search(r'name="about"[^>]*value="([^"]*)" checked', main_of(form))
    assert about
    answer = browser.post(address, {"key": _hidden(form, "key"), "about": about[1]})
    assert answer.status_code == 302
    draft = answer["Location"]
    shown = browser.get(draft)
    assert "Dear {{ recipient.name }}" in main_of(shown).replace("&#34;", '"')
    assert "Annwyl {{ recipient.name }}" in main_of(shown)
    held = _draft(case)
    words = {
        "subject-en": held.texts["en"]["subject"],
        "text-en": held.texts["en"]["text"] + "\nRing me.\n",
        "subject-cy": held.texts["cy"]["subject"],
        "text-cy": held.texts["cy"]["text"],
        "revision": _hidden(shown, "revision"),
        "then": "recipients",
    }
    answer = browser.post(draft, words)
    assert answer["Location"] == f"{draft}recipients/"
    people = browser.get(answer["Location"])
    assert RI_EMAIL in read(people)
    ticked = {
        "revision": _hidden(people, "revision"),
        "beside": "1",
        **{f"gets-{n}": "yes" for n in (1, 2)},
        **{f"way-{n}": "mail" for n in (1, 2)},
        **{f"language-{n}": "en" for n in (1, 2)},
    }
    answer = browser.post(f"{draft}recipients/", ticked)
    assert answer["Location"] == f"{draft}send/"
    last = browser.get(f"{draft}send/")
    assert "Written notice to the provider after the PPM" in read(last)
    pressing = {"revision": _hidden(last, "revision"), "seq": _hidden(last, "seq")}
    answer = browser.post(f"{draft}send/", pressing)
    assert answer["Location"] == f"/cases/{case.ref}/letters/sent/{held.pk}/"
    kept = browser.get(answer["Location"])
    assert "Gwenllian Huws" in read(kept)
    assert "Waits to be sent" in read(kept)
    again = browser.post(f"{draft}send/", pressing)
    assert again["Location"] == answer["Location"]
    with acting_for([case.body_id]):
        assert MailMessage.objects.count() == 2
    file = re.search(r'href="(/cases/[^"]*/sent/[^"]*/\d+/)"', main_of(kept))
    assert file
    assert browser.get(file[1]).content.startswith(b"%PDF-")
    assert "Written notice to the provider" not in part(browser.get(f"/cases/{case.ref}/"), "due")


def test_a_preview_is_framed_by_this_site_alone(case: Case, town: Town, signed_in: Browser) -> None:
    draft = begun(town, case)
    browser = signed_in(town.mari)
    page = browser.get(f"/cases/{case.ref}/letters/{draft.pk}/preview/?language=cy")
    source = re.search(r'<iframe[^>]*src="([^"]*)"', main_of(page))
    assert source
    pdf = browser.get(source[1])
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in pdf["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_two_people_on_one_draft_both_keep_their_words(
    case: Case, town: Town, signed_in: Browser
) -> None:
    draft = begun(town, case)
    address = f"/cases/{case.ref}/letters/{draft.pk}/"
    mine, theirs = signed_in(town.mari), signed_in(town.ieuan)
    revision = _hidden(mine.get(address), "revision")
    words = {
        "subject-cy": draft.texts["cy"]["subject"],
        "text-cy": draft.texts["cy"]["text"],
        "revision": revision,
    }
    first = theirs.post(address, {**words, "subject-en": "Theirs", "text-en": "Their words."})
    assert first.status_code == 302
    second = mine.post(address, {**words, "subject-en": "Mine", "text-en": "My own words."})
    assert second.status_code == 409
    shown = read(second)
    assert "Ieuan Rees changed this letter" in shown
    assert "Their words." in shown
    assert "My own words." in shown
    assert _hidden(second, "revision") != revision


def test_markdown_that_letters_lack_is_refused_where_it_stands(
    case: Case, town: Town, signed_in: Browser
) -> None:
    draft = begun(town, case)
    answer = signed_in(town.mari).post(
        f"/cases/{case.ref}/letters/{draft.pk}/",
        {
            "subject-en": "A",
            "text-en": "See [here](https://evil.example/).",
            "subject-cy": "B",
            "text-cy": "Testun.",
            "revision": "1",
        },
    )
    assert answer.status_code == 422
    assert "has to work on paper" in read(answer)


def test_the_case_moved_on_and_nothing_was_sent(case: Case, town: Town, signed_in: Browser) -> None:
    draft = begun(town, case)
    confirmed(town, draft, all_of(work_on(draft)))
    browser = signed_in(town.mari)
    page = browser.get(f"/cases/{case.ref}/letters/{draft.pk}/send/")
    visit = {"visitors": ["Ieuan Rees"], "findings": "Two carers at night now."}
    add(town, case, "visit_made", "2026-03-31T10:30", visit)
    pressing = {"revision": _hidden(page, "revision"), "seq": _hidden(page, "seq")}
    answer = browser.post(f"/cases/{case.ref}/letters/{draft.pk}/send/", pressing)
    assert answer.status_code == 409
    assert "The case has moved on" in read(answer)
    with acting_for([case.body_id]):
        assert not SentLetter.objects.exists()
    pressing = {"revision": _hidden(answer, "revision"), "seq": _hidden(answer, "seq")}
    assert browser.post(f"/cases/{case.ref}/letters/{draft.pk}/send/", pressing).status_code == 302


def test_told_by_post_with_a_scan(case: Case, town: Town, signed_in: Browser) -> None:
    draft = begun(town, case)
    browser = signed_in(town.mari)
    people = browser.get(f"/cases/{case.ref}/letters/{draft.pk}/recipients/")
    ticked = {
        "revision": _hidden(people, "revision"),
        "beside": "1",
        **{f"gets-{n}": "yes" for n in (1, 2)},
        **{f"way-{n}": "post" for n in (1, 2)},
        **{f"language-{n}": "en" for n in (1, 2)},
    }
    answer = browser.post(f"/cases/{case.ref}/letters/{draft.pk}/recipients/", ticked)
    paper = answer["Location"]
    assert paper.endswith("/paper/")
    page = browser.get(paper)
    told = {
        "revision": _hidden(page, "revision"),
        "seq": _hidden(page, "seq"),
        "entry-when-day": "31",
        "entry-when-month": "3",
        "entry-when-year": "2026",
        "entry-when-time": "09:30",
        "evidence-words": "Handed in at the post office.",
    }
    fake = SimpleUploadedFile("receipt.pdf", b"MZ not a pdf at all", "application/pdf")
    refused = browser.post(paper, {**told, "evidence": fake})
    assert refused.status_code == 422
    assert "no PDF, PNG or JPEG" in read(refused)
    scan = SimpleUploadedFile("../../x.exe", b"\x89PNG\r\n\x1a\n picture", "text/html")
    answer = browser.post(paper, {**told, "evidence": scan})
    assert answer.status_code == 302, read(answer)
    kept = browser.get(answer["Location"])
    assert "By post" in read(kept)
    assert "evidence.png" in read(kept)


def test_a_second_person_answers_on_a_page_of_their_own(
    case: Case, town: Town, signed_in: Browser
) -> None:
    draft = begun(town, case)
    confirmed(town, draft, [*all_of(work_on(draft)), outsider("sali@wrens.example")])
    address = f"/cases/{case.ref}/letters/{draft.pk}/second/"
    mine, theirs = signed_in(town.mari), signed_in(town.ieuan)
    asked = mine.post(
        address, {"then": "ask", "why": "", "revision": _hidden(mine.get(address), "revision")}
    )
    assert asked.status_code == 302
    page = mine.get(address)
    assert "Yes, these may get it" not in read(page)
    own = mine.post(address, {"then": "yes", "revision": _hidden(page, "revision")})
    assert own.status_code == 422
    page = theirs.get(address)
    said = theirs.post(address, {"then": "yes", "revision": _hidden(page, "revision")})
    assert said["Location"].endswith("/send/")
    assert "Waits for a second person" not in read(theirs.get(f"/cases/{case.ref}/letters/"))


def test_a_bodys_own_wording_shows_its_difference_and_passes_the_lint(
    case: Case, town: Town, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    address = "/letters/texts/cardiff_vale/letter_status/"
    page = browser.get(address)
    assert page.status_code == 200
    told = {
        "number": "0",
        "reason": "Our solicitors asked for it.",
        "subject-en": "{{ service.name }}",
        "subject-cy": "{{ service.name }}",
        "text-en": "Dear {{ recipient.name }}\n\nAbout {{ service.nme }}.\n",
        "text-cy": "Annwyl {{ recipient.name }}\n",
    }
    refused = browser.post(address, told)
    assert refused.status_code == 422
    assert "service.name" in read(refused)
    uneven = {**told, "text-en": "Dear {{ recipient.name }}, {{ case.ref }}\n"}
    assert "uses what this one does not: case.ref" in read(browser.post(address, uneven))
    missing = {**told, "text-cy": ""}
    assert "needed in both languages" in read(browser.post(address, missing))
    right = {**told, "text-en": "Dear {{ recipient.name }}\n"}
    assert browser.post(address, right).status_code == 302
    shown = main_of(browser.get(address))
    assert "<del>" in shown
    assert "Own wording" in read(browser.get("/letters/texts/"))
    stale = browser.post(address, right)
    assert stale.status_code == 422
    draft = begun(town, case)
    assert draft.texts["en"]["text"] == "Dear {{ recipient.name }}\n"
    back = {**right, "number": "1", "then": "withdraw"}
    assert browser.post(address, back).status_code == 302
    assert begun(town, case).own_text is None
    with acting_for([case.body_id]):
        assert TemplateOverride.objects.count() == 2


def test_a_bodys_letterhead_and_signature(case: Case, town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    told = {
        "number": "0",
        "address": "County Hall\nCardiff",
        "email": "not an address",
        "second_person": "yes",
    }
    assert browser.post("/letters/house/", told).status_code == 422
    told["email"] = "hello@cardiff.example"
    assert browser.post("/letters/house/", told).status_code == 302
    assert "County Hall" in main_of(browser.get("/letters/house/"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "page",
    ["letters/", "letters/{draft}/", "letters/{draft}/preview/", "letters/{draft}/recipients/",
     "letters/{draft}/send/", "letters/{draft}/second/", "letters/sent/{sent}/"],
)  # fmt: skip
def test_pages_ask_the_database_little_and_are_nobody_elses(
    case: Case,
    town: Town,
    signed_in: Browser,
    page: str,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for seen_as in ("members", "partners"):
        shared_with(case, town.mari, f"{seen_as}-of-vale", seen_as)
    letter = sent(town, case).letter
    draft = begun(town, case)
    confirmed(town, draft, [*all_of(work_on(draft)), outsider("sali@wrens.example")])
    address = f"/cases/{case.ref}/{page.format(draft=draft.pk, sent=letter.pk)}"
    browser = signed_in(town.mari)
    assert browser.get(address).status_code == 200
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]  # the fixture's own type is not exported
        assert browser.get(address).status_code == 200
    assert signed_in(town.olwen).get(address).status_code == 404


def test_what_nobody_may_press(case: Case, town: Town, signed_in: Browser) -> None:
    draft = begun(town, case)
    elsewhere = signed_in(town.olwen)
    for page in ("", "recipients/", "send/", "paper/", "second/", "anew/", "aside/"):
        address = f"/cases/{case.ref}/letters/{draft.pk}/{page}"
        assert elsewhere.post(address, {"revision": "1"}).status_code == 404
    assert colleague(town) is not None
