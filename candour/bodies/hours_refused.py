"""What is said of hours that cannot be read: what stands in the way, and how to write it."""

from typing import Final

from candour.engine.words import Words

EXAMPLE: Final = "Mon to Fri 9am to 5pm; Sat 10am to noon; closed on bank holidays"


class HoursError(ValueError):
    """Hours that cannot be read; `words` says what stands in the way, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def not_understood(word: str) -> HoursError:
    """Return the refusal of a word that hours do not know."""
    return HoursError(
        Words(
            f"“{word}” is not understood. Write hours like “{EXAMPLE}”, or “always”, or “out of "
            "hours”; leave them empty where nobody knows them.",
            f"Ni ddeellir “{word}”. Ysgrifennwch oriau fel “Llun i Gwener 9yb i 5yp; ar gau ar "
            "wyliau banc”, neu “bob amser”, neu “y tu allan i oriau”; gadewch nhw’n wag os nad "
            "oes neb yn eu gwybod.",
        )
    )


def no_time(text: str) -> HoursError:
    """Return the refusal of what is no time of day."""
    return HoursError(
        Words(
            f"“{text}” is no time of day. Write 9am or 09:00.",
            f"Nid yw “{text}” yn amser o’r dydd. Ysgrifennwch 9yb neu 09:00.",
        )
    )


def end_missing(text: str) -> HoursError:
    """Return the refusal of a time with no end to it."""
    return HoursError(
        Words(
            f"Nothing says until when after “{text}”. Write from when to when, like 9am to 5pm.",
            f"Nid oes dim yn dweud tan pryd ar ôl “{text}”. Ysgrifennwch o ba bryd i ba bryd, fel "
            "9yb i 5yp.",
        )
    )


def times_missing(text: str) -> HoursError:
    """Return the refusal of days without times."""
    return HoursError(
        Words(
            f"Nothing says at which times for “{text}”. Write them after it, like 9am to 5pm.",
            f"Nid oes dim yn dweud ar ba amserau ar gyfer “{text}”. Ysgrifennwch nhw ar ei ôl, fel "
            "9yb i 5yp.",
        )
    )


def days_missing(text: str) -> HoursError:
    """Return the refusal of times without days."""
    return HoursError(
        Words(
            f"Nothing says on which days by “{text}”. Write the days first, like Mon to Fri.",
            f"Nid oes dim yn dweud ar ba ddyddiau wrth “{text}”. Ysgrifennwch y dyddiau’n gyntaf, "
            "fel Llun i Gwener.",
        )
    )


def morning_or_evening(text: str) -> HoursError:
    """Return the refusal of an hour that comes twice a day."""
    return HoursError(
        Words(
            f"“{text}” may be morning or evening. Write am or pm, or 09:00.",
            f"Gall “{text}” fod yn fore neu’n hwyr. Ysgrifennwch yb neu yp, neu 09:00.",
        )
    )


def overnight(stretch: str, late: str) -> HoursError:
    """Return the refusal of hours that run overnight, perhaps by mistake."""
    return HoursError(
        Words(
            f"“{stretch}” runs overnight. If that is not meant, write “{late}” with am or pm.",
            f"Mae “{stretch}” yn rhedeg dros nos. Os nad dyna’r bwriad, ysgrifennwch “{late}” "
            "gydag yb neu yp.",
        )
    )


def holiday_overnight() -> HoursError:
    """Return the refusal of a bank holiday that runs into the day after it."""
    return HoursError(
        Words(
            "Hours of a bank holiday end at midnight. Write until midnight; the day after keeps "
            "its own.",
            "Mae oriau gŵyl banc yn gorffen am hanner nos. Ysgrifennwch tan hanner nos; mae’r "
            "diwrnod wedyn yn cadw ei oriau ei hun.",
        )
    )
