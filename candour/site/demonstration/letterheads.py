"""Gives the demonstration's bodies their letterheads, each with an invented logo."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.documents.fonts import FOLDER as FONTS
from candour.engine import Refusal
from candour.letters.actions import House, save_house
from candour.letters.house import house_of
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site.demonstration import FOLDER
from candour.site.demonstration.files import read

_SAID = ("address", "phone", "email", "web", "footer_en", "footer_cy")
_SIDE = 240  # pixels


def make_letterheads(bodies: Mapping[str, Body], as_of: datetime) -> None:
    """Save a letterhead for each body that has saved none; others stay as people left them."""
    for told in read(FOLDER / "letterheads.yaml"):
        body = bodies[told["body"]]
        with acting_for([body.pk]):
            if house_of(body).number:
                continue
            post = Post.objects.filter(body=body, user__username=told["by"]).first()
            if post is None:
                continue
            saved = save_house(
                actor=Actor.from_post(post), house=_house(told, body), number=0, as_of=as_of
            )
            assert not isinstance(saved, Refusal), saved  # noqa: S101 - our own file, tested


def _house(told: Mapping[str, Any], body: Body) -> House:
    initials, colour = told["mark"]
    return House(
        **{name: told.get(name, "") for name in _SAID},
        logo_words=body.name,
        signature_en="",
        signature_cy="",
        second_person=True,
        logo=_drawn(initials, colour),
    )


def _drawn(initials: str, colour: str) -> bytes:
    """Return a disc with initials: a logo that belongs to nobody."""
    picture = Image.new("RGB", (_SIDE, _SIDE), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((4, 4, _SIDE - 4, _SIDE - 4), fill=colour)
    font = ImageFont.truetype(str(FONTS / "NotoSans-Bold.ttf"), _SIDE // 3)
    draw.text((_SIDE / 2, _SIDE / 2), initials, fill="white", font=font, anchor="mm")
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
