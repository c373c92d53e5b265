"""Where a picture was taken: noticed, and left out of a copy that is otherwise the same picture."""

import io

import pytest
from PIL import Image, ImageChops

from candour.attachments.placeless import NoCopy, without_place
from candour.attachments.sniffing import look_at
from tests.support.files import CAMERA, ORIENTATION, picture

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def holds_place(content: bytes) -> bool:
    return look_at(io.BytesIO(content), "a").holds_place


@pytest.mark.parametrize("sort", [*TYPES, "TIFF"])
def test_a_place_is_noticed(sort: str) -> None:
    assert holds_place(picture(sort, place=True))
    assert not holds_place(picture(sort))


@pytest.mark.parametrize("sort", TYPES)
def test_the_copy_is_the_same_picture_without_notes(sort: str) -> None:
    taken = picture(sort, place=True, way=6 if sort != "WEBP" else 1)
    copy = without_place(io.BytesIO(taken), TYPES[sort])
    assert not holds_place(copy)
    assert b"Harlech" not in copy
    with Image.open(io.BytesIO(taken)) as before, Image.open(io.BytesIO(copy)) as after:
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
        assert CAMERA not in after.getexif()
        assert after.getexif().get(ORIENTATION, 1) == before.getexif().get(ORIENTATION, 1)


def test_a_place_in_the_other_way_of_writing_notes_is_noticed_too() -> None:
    made = io.BytesIO()
    notes = b'<x:xmpmeta><rdf exif:GPSLatitude="52,51.6N"/></x:xmpmeta>'
    Image.new("RGB", (8, 8)).save(made, "JPEG", xmp=notes)
    assert holds_place(made.getvalue())
    assert not holds_place(without_place(made, "image/jpeg"))


def test_a_second_picture_behind_the_first_goes_with_its_notes() -> None:
    behind = picture() + picture(place=True)
    assert b"Harlech" not in without_place(io.BytesIO(behind), "image/jpeg")


def test_pictures_in_steps_and_with_filling_are_copied_whole() -> None:
    made = io.BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").save(made, "JPEG", progressive=True)
    plain = made.getvalue()
    filled = plain[:2] + b"\xff" + plain[2:]
    copy = without_place(io.BytesIO(filled), "image/jpeg")
    with Image.open(io.BytesIO(plain)) as before, Image.open(io.BytesIO(copy)) as after:
        assert ImageChops.difference(before, after).getbbox() is None


def test_of_other_sorts_there_is_no_such_copy() -> None:
    with pytest.raises(NoCopy):
        without_place(io.BytesIO(picture("TIFF", place=True)), "image/tiff")
