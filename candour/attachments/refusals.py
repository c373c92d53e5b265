"""Why a file is not taken, in words that say what to do instead."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from candour.engine import Words

MEGABYTE: Final = 1024 * 1024


class Why(StrEnum):
    """What is wrong with a file."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    PROGRAM = "program"
    FOLDER = "folder"  # a packed folder of whatever kind
    SWELLS = "swells"  # unpacked it would be beyond measure
    MACROS = "macros"
    WEB_PAGE = "web_page"
    OLD_OFFICE = "old_office"  # before 2007, a mail kept by Outlook, or locked with a password
    RICH_TEXT = "rich_text"
    PHONE_PICTURE = "phone_picture"
    RECORDING = "recording"
    TWO_IN_ONE = "two_in_one"
    DAMAGED = "damaged"
    VAST = "vast"  # more pixels than anybody needs
    OTHER = "other"


TAKEN: Final = Words(
    "Taken are PDF, Word, Excel and PowerPoint files, OpenDocument, pictures (JPEG, PNG, GIF, "
    "WebP, TIFF) and plain text.",
    "Derbynnir ffeiliau PDF, Word, Excel a PowerPoint, OpenDocument, lluniau (JPEG, PNG, GIF, "
    "WebP, TIFF) a thestun plaen.",
)

_SAID: Final[Mapping[Why, Words]] = MappingProxyType(
    {
        Why.EMPTY: Words(
            "The file is empty. Choose it again.", "Mae’r ffeil yn wag. Dewiswch hi eto."
        ),
        Why.PROGRAM: Words(
            "This is a program, whatever its name says.", "Rhaglen yw hon, beth bynnag yw ei henw."
        ),
        Why.FOLDER: Words(
            "This is a packed folder. Unpack it, and file what is in it one by one.",
            "Ffolder wedi’i phacio yw hon. Dadbaciwch hi, a ffeiliwch ei chynnwys fesul un.",
        ),
        Why.SWELLS: Words(
            "Unpacked, this file would grow beyond measure. Save it again from the program that it "
            "was made with.",
            "O’i dadbacio, byddai’r ffeil hon yn tyfu y tu hwnt i fesur. Cadwch hi eto o’r rhaglen "
            "a’i gwnaeth.",
        ),
        Why.MACROS: Words(
            "The document holds macros. Save it without them, or as PDF.",
            "Mae’r ddogfen yn cynnwys macros. Cadwch hi hebddynt, neu fel PDF.",
        ),
        Why.WEB_PAGE: Words(
            "This is a web page or drawing with code in it. Print it to PDF, and file that.",
            "Tudalen we neu lun â chod ynddo yw hwn. Argraffwch ef i PDF, a ffeiliwch hwnnw.",
        ),
        Why.OLD_OFFICE: Words(
            "This is a document of an old sort, a mail kept by Outlook, or locked with a password. "
            "Save it as PDF or in today’s format, unlocked.",
            "Dogfen o hen fath yw hon, neu neges a gadwyd gan Outlook, neu un wedi’i chloi â "
            "chyfrinair. Cadwch hi fel PDF neu yn y fformat presennol, heb ei chloi.",
        ),
        Why.RICH_TEXT: Words(
            "This is rich text (RTF). Save it as a Word document or PDF.",
            "Testun cyfoethog (RTF) yw hwn. Cadwch ef fel dogfen Word neu PDF.",
        ),
        Why.PHONE_PICTURE: Words(
            "This picture is in the format of a phone (HEIC or AVIF). Save or send it as JPEG.",
            "Mae’r llun hwn yn fformat ffôn (HEIC neu AVIF). Cadwch neu anfonwch ef fel JPEG.",
        ),
        Why.RECORDING: Words(
            "This is a sound or video recording, which is not kept here.",
            "Recordiad sain neu fideo yw hwn, ac ni chedwir y rheini yma.",
        ),
        Why.TWO_IN_ONE: Words(
            "This file is two things at once: something else is hidden in it. Save it again from "
            "the program that it was made with.",
            "Mae’r ffeil hon yn ddau beth ar unwaith: mae rhywbeth arall ynghudd ynddi. Cadwch hi "
            "eto o’r rhaglen a’i gwnaeth.",
        ),
        Why.DAMAGED: Words(
            "The file cannot be read to its end. Open it where it came from, save it and choose it "
            "again.",
            "Ni ellir darllen y ffeil i’w diwedd. Agorwch hi lle daeth ohono, cadwch hi a "
            "dewiswch hi eto.",
        ),
        Why.VAST: Words(
            "The picture is very large once unpacked. Save it smaller.",
            "Mae’r llun yn fawr iawn o’i ddadbacio. Cadwch ef yn llai.",
        ),
        Why.OTHER: Words(
            "This is not a sort of file that is kept here, whatever its name says.",
            "Nid yw hon yn fath o ffeil a gedwir yma, beth bynnag yw ei henw.",
        ),
    }
)
_ALSO_TAKEN = (Why.PROGRAM, Why.FOLDER, Why.RECORDING, Why.OTHER)


def why_words(why: Why, largest: int, most: int) -> Words:
    """Return why a file is not taken and what to do, in both languages.

    Args:
        why: what is wrong.
        largest: the most bytes that a file may have here.
        most: how many files may come at once.
    """
    if why is Why.TOO_LARGE:
        size = largest // MEGABYTE
        return Words(
            f"The file is larger than {size} MB. Save it smaller, or in parts.",
            f"Mae’r ffeil yn fwy na {size} MB. Cadwch hi’n llai, neu fesul rhan.",
        )
    if why is Why.TOO_MANY:
        return Words(
            f"No more than {most} files are taken at once. File the rest after these.",
            f"Ni dderbynnir mwy na {most} ffeil ar unwaith. Ffeiliwch y gweddill ar ôl y rhain.",
        )
    said = _SAID[why]
    if why not in _ALSO_TAKEN:
        return said
    return Words(f"{said.en} {TAKEN.en}", f"{said.cy} {TAKEN.cy}")


class NotTaken(Exception):
    """A file is not taken. `why` says for what reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
