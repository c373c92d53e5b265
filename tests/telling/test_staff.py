"""What staff do: set the form, ask the person, key in paper; and what others may frame."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from candour.bodies.models import Body
from candour.telling.forms import contrast_with_white
from candour.telling.models import Told
from tests.support.casework import Town
from tests.telling.conftest import Filling, opened

Rows = Callable[[Body], list[Told]]


@pytest.fixture
def sam(town: Town) -> Client:
    client = Client()
    client.force_login(town.sam)
    return client


def setting(**more: Any) -> dict[str, Any]:
    return {"open": "yes", "colour": "#0b5c6b", "sites": "", **more}


def test_words_and_colour_of_the_body_show_at_once(sam: Client, filling: Filling) -> None:
    words = {"title_en": "Have your say in Ely", "title_cy": "Dweud eich dweud"}
    assert sam.post("/experiences/form/", setting(colour="#7A1F4B", **words)).status_code == 302
    assert "Have your say in Ely" in filling.get().content.decode()
    assert "Dweud eich dweud" in Filling(language="cy").get().content.decode()
    assert "#7a1f4b" in Client().get("/tell/ely/colours.css").content.decode()


def test_a_colour_on_which_white_cannot_be_read_is_refused_with_how_far_it_is_off(
    sam: Client,
) -> None:
    answer = sam.post("/experiences/form/", setting(colour="#ffcc00"))
    assert answer.status_code == 422
    assert "1.5 to 1" in answer.content.decode()
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    "site", ["example.org", "http://example.org", "https://a.org;script-src *"]
)
def test_a_site_that_is_none_is_refused(sam: Client, site: str) -> None:
    assert sam.post("/experiences/form/", setting(sites=site)).status_code == 422


def test_only_the_sites_named_may_frame_the_form_and_only_its_one_page(
    town: Town, sam: Client
) -> None:
    sam.post("/experiences/form/", setting(sites="https://www.ely.example/our-page\n"))
    whole = Client().get("/tell/ely/en/whole/")
    assert "frame-ancestors https://www.ely.example;" in whole["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in whole
    for other in ("/tell/ely/en/", "/tell/receipt/en/", "/sign-in/"):
        answer = Client().get(other)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_without_a_site_named_nobody_frames_it(town: Town) -> None:
    whole = Client().get("/tell/ely/en/whole/")
    assert "frame-ancestors 'none'" in whole["Content-Security-Policy"]
    assert whole["X-Frame-Options"] == "DENY"


def test_a_form_that_is_closed_again_is_there_no_more(sam: Client) -> None:
    sam.post("/experiences/form/", setting(open="no"))
    assert Client().get("/tell/ely/en/").status_code == 404


WHOLE = {
    "key": "6f0d2c2e-5a7a-4a56-9d7a-0d6a0a3f3a11",
    "danger": "no",
    "what": "Long waits at the surgery.",
    "place": "The surgery",
    "felt": "4",
    "reply": "no",
}


def test_the_whole_form_on_one_page_needs_no_cookie_and_is_taken_once(
    town: Town, told_rows: Rows
) -> None:
    client = Client()
    first = client.post("/tell/ely/en/whole/", WHOLE).content.decode()
    again = client.post("/tell/ely/en/whole/", WHOLE).content.decode()
    assert not client.cookies
    code = first.split('name="code" value="')[1][:19]
    assert code in again
    (told,) = told_rows(town.healthwatch)
    assert (told.channel, told.experience.answer) == ("embedded", "Long waits at the surgery.")


def test_the_whole_form_says_what_is_missing_and_keeps_the_rest(town: Town) -> None:
    answer = Client().post("/tell/ely/en/whole/", {**WHOLE, "felt": ""})
    assert answer.status_code == 422
    assert "Long waits at the surgery." in answer.content.decode()


def test_staff_see_how_it_was_told_and_ask(
    town: Town, sam: Client, filling: Filling, told_rows: Rows
) -> None:
    filling.all()
    (told,) = told_rows(town.healthwatch)
    address = f"/experiences/{told.experience_id}/"
    page = sam.get(address).content.decode()
    assert "You can show my words to the service, without my name." in page
    asked = {"sort": "question", "words": "Which ward?", "key": WHOLE["key"]}
    for _ in range(2):
        assert sam.post(f"{address}ask/", asked)["Location"] == address
    assert sam.get(address).content.decode().count("Which ward?") == 1
    assert sam.get(f"{address}ask/")["Location"] == address


def test_nobody_of_another_body_asks(town: Town, filling: Filling, told_rows: Rows) -> None:
    filling.all()
    (told,) = told_rows(town.healthwatch)
    other = Client()
    other.force_login(town.olwen)
    answer = other.post(f"/experiences/{told.experience_id}/ask/", {"words": "Who are you?"})
    assert answer.status_code == 404


KEYED = {
    "key": WHOLE["key"],
    "batch": "Library, May",
    "received": "28 3 2026",
    "language": "cy",
    "danger": "2",
    "what": "Bwyd oer.",
    "felt": "5",
    "about_age": "5",
    "consent": ["quote"],
}


def test_paper_is_keyed_by_its_numbers_and_the_next_form_is_ready(
    town: Town, sam: Client, told_rows: Rows
) -> None:
    page = sam.post("/experiences/keying/", KEYED).content.decode()
    assert "The next form is ready." in page
    assert 'value="Library, May"' in page
    assert "Bwyd oer." not in page
    (told,) = told_rows(town.healthwatch)
    assert (told.channel, told.batch, told.language) == ("paper", "Library, May", "cy")
    assert str(told.experience.received_on) == "2026-03-28"
    assert (told.danger, told.experience.sentiment) == (False, 5)
    assert {each.answer for each in told.about.all()} == {"65_79"}
    assert {each.kind for each in told.consents.all() if each.given} == {"quote"}


def test_a_number_that_no_choice_has_is_shown_back(sam: Client) -> None:
    answer = sam.post("/experiences/keying/", {**KEYED, "felt": "9"})
    assert answer.status_code == 422
    assert "There is no choice of this number" in answer.content.decode()
    assert "Bwyd oer." in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "What happened?"), ("cy", "Beth ddigwyddodd?")]
)
def test_the_paper_form_asks_the_same_under_the_same_numbers(
    town: Town, language: str, words: str
) -> None:
    opened(town)
    file = Client().get(f"/tell/ely/{language}/form.pdf")
    reader = PdfReader(BytesIO(file.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    flat = " ".join(text.split())
    for part in (words, "7a", "7e", "8d", "10d", "999"):
        assert part in flat, part
    large = PdfReader(BytesIO(Client().get(f"/tell/ely/{language}/form.pdf?large=1").content))
    assert len(large.pages) > len(reader.pages)
