"""The mail that calls on somebody to sign. Of the case it says only what kind of document it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.engine import Words
from candour.engine.words import Language
from candour.signing.wording import moment_words


@dataclass(frozen=True, slots=True)
class Call:
    """Who is called on, by whom, to sign what, where, and until when the link opens."""

    name: str
    body: str
    sort: str
    address: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class CallLetter:
    """The mail's subject and text."""

    subject: str
    text: str


SUBJECT: Final = Words(
    "{body} asks you to sign a document", "Mae {body} yn gofyn i chi lofnodi dogfen"
)
BY_LINK: Final = Words(
    """{name},

{body} asks you to read and sign this document: {sort}.

Open it here: {address}

The link is for you alone. You may look at the document as often as you need; you can sign once. \
The link opens until {until}. On the same page you can decline, and say why.

Nobody needs this link but you: do not pass it on. If you did not expect it, answer this mail.

{body}
""",
    """{name},

Mae {body} yn gofyn i chi ddarllen a llofnodi’r ddogfen hon: {sort}.

Agorwch hi yma: {address}

Mae’r ddolen i chi yn unig. Cewch edrych ar y ddogfen mor aml ag sydd ei angen; gallwch lofnodi \
unwaith. Mae’r ddolen yn agor tan {until}. Ar yr un dudalen gallwch wrthod, a dweud pam.

Nid oes ar neb ond chi angen y ddolen hon: peidiwch â’i throsglwyddo. Os nad oeddech yn ei \
disgwyl, atebwch y neges hon.

{body}
""",
)
SIGNED_IN: Final = Words(
    """{name},

It is your turn to sign a document: {sort}.

Sign in and open it here: {address}

{body}
""",
    """{name},

Eich tro chi yw llofnodi dogfen: {sort}.

Mewngofnodwch a’i hagor yma: {address}

{body}
""",
)


def call_letter(call: Call, language: Language) -> CallLetter:
    """Return the mail in the language of whoever is called on."""
    words = SIGNED_IN if call.until is None else BY_LINK
    values = {
        "name": call.name,
        "body": call.body,
        "sort": call.sort,
        "address": call.address,
        "until": moment_words(call.until, language) if call.until else "",
    }
    subject = _filled(SUBJECT.text(language), values)
    return CallLetter(" ".join(subject.split()), _filled(words.text(language), values))


def _filled(words: str, values: Mapping[str, str]) -> str:
    """Return words with their places filled in one go: what is filled in may hold braces."""
    return re.sub(r"\{(\w+)\}", lambda place: values[place[1]], words)
