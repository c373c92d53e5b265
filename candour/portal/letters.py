"""The mail that brings a link. It says who asks and until when; of the case it says nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import formats, translation

from candour.engine import Words
from candour.engine.london import local
from candour.engine.words import Language


@dataclass(frozen=True, slots=True)
class Call:
    """Who is invited by whom, at which address, and until when the link opens."""

    name: str
    body: str
    address: str
    until: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class CallLetter:
    """The mail's subject and text."""

    subject: str
    text: str


SUBJECT: Final = Words("{body} asks for your answer", "Mae {body} yn gofyn am eich ateb")
TEXT: Final = Words(
    """{name},

{body} asks you to look at something and to answer it. You need no account.
{note}
Open it here: {address}

The link is for you alone and opens once, until {until}. To go on later, or \
on another device, let the page that it leads to send a new one to this address.

Nobody needs this link but you: do not pass it on. If you did not expect it, answer this mail.

{body}
""",
    """{name},

Mae {body} yn gofyn i chi edrych ar rywbeth a’i ateb. Nid oes angen cyfrif arnoch.
{note}
Agorwch ef yma: {address}

Mae’r ddolen i chi yn unig ac yn agor unwaith, tan {until}. I barhau yn \
nes ymlaen, neu ar ddyfais arall, gadewch i’r dudalen y mae’n arwain ati anfon un newydd i’r \
cyfeiriad hwn.

Nid oes ar neb ond chi angen y ddolen hon: peidiwch â’i throsglwyddo. Os nad oeddech yn ei \
disgwyl, atebwch y neges hon.

{body}
""",
)


def call_letter(call: Call, language: Language) -> CallLetter:
    """Return the mail in the language of whoever is invited."""
    values = {
        "name": call.name,
        "body": call.body,
        "address": call.address,
        "until": _day(call.until, language),
        "note": f"\n{call.note.strip()}\n" if call.note.strip() else "",
    }
    subject = _filled(SUBJECT.text(language), values)
    return CallLetter(" ".join(subject.split()), _filled(TEXT.text(language), values))


def _day(moment: datetime, language: Language) -> str:
    with translation.override(language):
        return f"{formats.date_format(local(moment).date(), 'j F Y')}, {local(moment):%H:%M}"


def _filled(words: str, values: Mapping[str, str]) -> str:
    """Return words with their places filled in one go: what is filled in may hold braces."""
    return re.sub(r"\{(\w+)\}", lambda place: values[place[1]], words)
