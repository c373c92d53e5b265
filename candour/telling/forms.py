"""The settings of a body's form, checked: whether it is open, its words, colour and sites."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from candour.engine.words import Language, Words

OUR_COLOUR: Final = "#0b5c6b"
_LINEAR_BELOW: Final = 0.04045  # of sRGB: below it, light and number go up together
LEAST_CONTRAST: Final = 4.5  # WCAG 2.2 AA for text of ordinary size
MOST_SITES: Final = 20
LONGEST: Final = {"title": 80, "lead": 400, "thanks": 600}
PARTS: Final = tuple(LONGEST)
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?")

OURS: Final[Mapping[str, Words]] = {
    "title": Words("Tell us about your care", "Dywedwch wrthym am eich gofal"),
    "lead": Words(
        "Good or bad, we want to know. You do not need to say who you are.",
        "Da neu ddrwg, rydym am wybod. Does dim rhaid i chi ddweud pwy ydych chi.",
    ),
    "thanks": Words(
        "Thank you. People who work here will read every word.",
        "Diolch. Bydd pobl sy’n gweithio yma yn darllen pob gair.",
    ),
}


@dataclass(frozen=True, slots=True)
class FormLook:
    """How a body's form looks, ours where the body says nothing.

    Attributes:
        is_open: anybody may tell something.
        words: by language, then part.
        colour: of the head and the buttons.
        sites: whose pages may show it in a frame.
    """

    is_open: bool = False
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    colour: str = OUR_COLOUR
    sites: tuple[str, ...] = ()

    def part(self, name: str, language: Language) -> str:
        """Return the body's words for a part of the form, or ours."""
        own = self.words.get(language, {}).get(name, "")
        return own or OURS[name].text(language)


class UnfitSettings(ValueError):
    """Settings that cannot be kept: `faults` says why, under the names of the fields."""

    def __init__(self, faults: Mapping[str, Words]) -> None:
        super().__init__("; ".join(str(words) for words in faults.values()))
        self.faults = faults


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour ``#rrggbb``, from 0 (black) to 1 (white)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_with_white(colour: str) -> float:
    """Return the contrast of white on a colour, from 1 to 21."""
    return 1.05 / (luminance(colour) + 0.05)


def checked(look: FormLook) -> FormLook:
    """Return the settings as they are kept.

    Raises:
        UnfitSettings: a colour on which white cannot be read, a site that is none, words too long.
    """
    faults = dict(_faults(look))
    if faults:
        raise UnfitSettings(faults)
    return FormLook(
        look.is_open,
        {
            lang: {p: w.strip() for p, w in own.items() if w.strip()}
            for lang, own in look.words.items()
        },
        look.colour.strip().lower() or OUR_COLOUR,
        tuple(dict.fromkeys(origin(site) for site in look.sites if site.strip())),
    )


def origin(site: str) -> str:
    """Return the origin of a site's address: ``https://www.example.org``; empty for no address."""
    parts = urlsplit(site.strip().lower())
    allowed = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    )
    if not allowed or not _HOST.fullmatch(parts.netloc):
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def _faults(look: FormLook) -> Sequence[tuple[str, Words]]:
    found = [*_colour_faults(look.colour.strip().lower())]
    if any(site.strip() and not origin(site) for site in look.sites):
        found.append(
            (
                "sites",
                Words(
                    "Write each site on a line of its own, like https://www.example.org",
                    "Ysgrifennwch bob safle ar linell ei hun, fel https://www.example.org",
                ),
            )
        )
    elif len(look.sites) > MOST_SITES:
        found.append(("sites", Words("No more than 20 sites", "Dim mwy nag 20 safle")))
    for language, own in look.words.items():
        for part, words in own.items():
            if len(words) > LONGEST.get(part, 0):
                most = LONGEST.get(part, 0)
                found.append(
                    (
                        f"{part}_{language}",
                        Words(f"No more than {most} characters", f"Dim mwy na {most} o nodau"),
                    )
                )
    return found


def _colour_faults(colour: str) -> Sequence[tuple[str, Words]]:
    if not colour:
        return ()
    if not _COLOUR.fullmatch(colour):
        words = Words("Write the colour like #0b5c6b", "Ysgrifennwch y lliw fel #0b5c6b")
        return (("colour", words),)
    reached = contrast_with_white(colour)
    if reached >= LEAST_CONTRAST:
        return ()
    return (
        (
            "colour",
            Words(
                f"White words on this colour reach a contrast of {reached:.1f} to 1; people with "
                f"poor sight need {LEAST_CONTRAST}. Choose a darker colour.",
                f"Mae geiriau gwyn ar y lliw hwn yn cyrraedd cyferbyniad o {reached:.1f} i 1; mae "
                f"angen {LEAST_CONTRAST} ar bobl â golwg gwael. Dewiswch liw tywyllach.",
            ),
        ),
    )
