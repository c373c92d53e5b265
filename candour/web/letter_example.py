"""An invented letter in each language, to look at a letterhead with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """What the letter says, to whom, and who signs it."""

    title: str
    text: str
    addressee: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    signed: str
    post: str


EXAMPLES = {
    "en": Example(
        title="An example of your letters",
        text="""\
Dear Ms Example

This is what letters look like under your letterhead. The address stands where the window of a long
envelope is.

## What a letter holds

1. Headings that a screen reader can go through
2. Lists and tables

| What | By when |
|---|---|
| Look at the logo: is it sharp, and large enough? | Today |
| Look at the foot: is everything in it that the law asks of you? | Today |

Yours sincerely
""",
        addressee=("Ms E Example", "12 Example Street", "Exampleton EX1 1EX"),
        details=(("Date", "1 January"), ("Our reference", "EX-1")),
        signed="A N Other",
        post="The post of whoever signs",
    ),
    "cy": Example(
        title="Enghraifft o’ch llythyrau",
        text="""\
Annwyl Ms Enghraifft

Fel hyn y mae llythyrau’n edrych dan eich pennawd. Saif y cyfeiriad lle mae ffenestr amlen hir.

## Beth sydd mewn llythyr

1. Penawdau y gall darllenydd sgrin fynd drwyddynt
2. Rhestrau a thablau

| Beth | Erbyn pryd |
|---|---|
| Edrychwch ar y logo: a yw’n glir, ac yn ddigon mawr? | Heddiw |
| Edrychwch ar y troed: a yw popeth y mae’r gyfraith yn ei ofyn gennych yno? | Heddiw |

Yn gywir
""",
        addressee=("Ms E Enghraifft", "12 Stryd Enghraifft", "Tre’r Enghraifft EX1 1EX"),
        details=(("Dyddiad", "1 Ionawr"), ("Ein cyfeirnod", "EX-1")),
        signed="Rhywun Arall",
        post="Swydd pwy bynnag sy’n llofnodi",
    ),
}
