"""How a body sends its letters: its letterhead, and whether a second person looks at recipients."""

from dataclasses import replace
from datetime import date

from candour.bodies.effective import holds_on
from candour.bodies.models import Body, Contact
from candour.documents import Letterhead
from candour.letters.models import HouseStyle


def house_of(body: Body) -> HouseStyle:
    """Return how a body sends its letters: as it last saved it, or as every body begins.

    A body that has said nothing wants a second person for whoever stands outside the rule.
    """
    saved = HouseStyle.objects.filter(body=body).order_by("-number").first()
    return saved or HouseStyle(body=body, number=0)


def letterhead_of(body: Body, house: HouseStyle, language: str, day: date) -> Letterhead:
    """Return what stands above and below a body's letters in a language.

    What the body has not said for its letters comes from its desk for enquiries in the directory.
    """
    head = Letterhead(
        body_name=body.name_in(language),
        address_lines=tuple(line for line in house.address.splitlines() if line.strip()),
        phone=house.phone,
        email=house.email,
        web=house.web,
        logo=bytes(house.logo) if house.logo else None,
        logo_alt=house.logo_words,
        footer=house.footer_cy if language == "cy" else house.footer_en,
        language=language,
    )
    if house.phone and house.email:
        return head
    desk = Contact.objects.filter(holds_on(day), body=body, role="enquiries").first()
    if desk is None:
        return head
    return replace(head, phone=house.phone or desk.phone, email=house.email or desk.email)
