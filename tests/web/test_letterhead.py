"""A body's letterhead: its logo taken in with care, and a letter under it to look at."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from candour.database.row_security import acting_for
from candour.letters.house import house_of
from candour.people.models import User
from tests.support.casework import Town
from tests.support.pictures import picture
from tests.support.reading_back import headings, pdf_text, tags
from tests.web.pages import read

PAGE = "/letters/house/"
Browser = Callable[[User], Client]


def told(number: int, **more: object) -> dict[str, object]:
    return {
        "number": str(number),
        "address": "County Hall\nCardiff",
        "email": "hello@cardiff.example",
        "logo_words": "A castle",
        "footer_cy": "Croesawn lythyrau",
        "second_person": "yes",
        **more,
    }


def sent(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def mari(town: Town, signed_in: Browser) -> Client:
    return signed_in(town.mari)


def test_a_logo_is_drawn_anew_shown_and_stands_on_letters(mari: Client) -> None:
    assert mari.post(PAGE, told(0, logo=sent(picture() + b"<script>"))).status_code == 302
    shown = mari.get("/letters/house/logo")
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert b"<script>" not in shown.content
    assert Image.open(BytesIO(shown.content)).size == (300, 100)
    assert 'aria-label="The logo: A castle"' in mari.get(PAGE).content.decode()
    for language, said in (("en", "Dear Ms Example"), ("cy", "Croesawn lythyrau")):
        letter = mari.get(f"/letters/house/example-{language}.pdf")
        assert letter.headers["Content-Type"] == "application/pdf"
        assert said in pdf_text(letter.content)
        assert "County Hall" in pdf_text(letter.content)
        assert "Figure" in tags(letter.content)
        assert headings(letter.content) == ["H1", "H2"]


def test_a_logo_stays_when_other_things_change_and_goes_when_asked(mari: Client) -> None:
    mari.post(PAGE, told(0, logo=sent(picture())))
    mari.post(PAGE, told(1, phone="029 2018 0110"))
    assert mari.get("/letters/house/logo").status_code == 200
    assert mari.post(PAGE, told(2, without_logo="yes")).status_code == 302
    assert mari.get("/letters/house/logo").status_code == 404
    assert "Figure" not in tags(mari.get("/letters/house/example-en.pdf").content)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (sent(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "logo.svg"), "This is an SVG"),
        (sent(b"MZ\x90\x00", "logo.png"), "no PNG and no JPEG, whatever its name says"),
        (sent(picture()[:-30]), "cannot be read to its end"),
        (sent(b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)), "larger than 2 MB"),
        (sent(picture(size=(20, 20))), "fewer than 40 pixels"),
    ],
)
def test_what_is_no_logo_is_said_with_what_to_do(
    mari: Client, town: Town, file: SimpleUploadedFile, says: str
) -> None:
    answer = mari.post(PAGE, told(0, logo=file))
    assert answer.status_code == 422
    assert says in read(answer)
    assert "County Hall" in read(answer)
    with acting_for([town.council.pk]):
        assert house_of(town.council).number == 0


def test_nobody_sees_the_letterhead_of_a_body_they_do_not_work_for(
    mari: Client, town: Town, signed_in: Browser
) -> None:
    mari.post(PAGE, told(0, logo=sent(picture())))
    stranger = signed_in(town.olwen)
    for place in ("logo", "example-en.pdf"):
        address = f"/letters/house/{place}?body={town.council.pk}"
        assert stranger.get(address).status_code == 404
        assert signed_in(town.dilys).get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert mari.get("/letters/house/example-fr.pdf").status_code == 404
