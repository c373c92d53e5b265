"""What is said when the directory cannot be kept so: what is wrong, and what to do."""

from datetime import date

from candour.engine.words import Words


class KeepingError(ValueError):
    """The directory cannot be kept so.

    Attributes:
        words: what is wrong and what to do, in both languages.
        field: the column that it is about; empty for all of it.
    """

    def __init__(self, words: Words, field: str = "") -> None:
        super().__init__(words.en)
        self.words, self.field = words, field


def begins_later(first: date) -> KeepingError:
    """Return the refusal of an end before the beginning."""
    day = first.strftime("%d/%m/%Y")
    return KeepingError(
        Words(
            f"This begins on {day}. Give that day or a later one.",
            f"Mae hyn yn dechrau ar {day}. Rhowch y diwrnod hwnnw neu un diweddarach.",
        ),
        "from_date",
    )


def ended_already(last: date) -> KeepingError:
    """Return the refusal of a change to what has ended."""
    day = last.strftime("%d/%m/%Y")
    return KeepingError(
        Words(
            f"This ended on {day}, so nothing of it changes after that. Add a new one instead.",
            f"Daeth hyn i ben ar {day}, felly nid oes dim ohono’n newid wedi hynny. Ychwanegwch un "
            "newydd yn lle hynny.",
        ),
        "from_date",
    )


def changed_already() -> KeepingError:
    """Return the refusal of a second change of the same row."""
    return KeepingError(
        Words(
            "This desk has been changed already. Change the one that came after it.",
            "Mae’r ddesg hon wedi’i newid eisoes. Newidiwch yr un a ddaeth ar ei hôl.",
        )
    )


def succession_kept() -> KeepingError:
    """Return the refusal of a succession that is kept already."""
    return KeepingError(
        Words(
            "This succession is kept already.",
            "Mae’r olyniaeth hon wedi’i chadw eisoes.",
        ),
        "successor",
    )


def in_a_circle(body: str) -> KeepingError:
    """Return the refusal of a succession that would leave the function with nobody."""
    return KeepingError(
        Words(
            f"So the function would go round in a circle by way of {body}, and nobody would hold "
            "it. Give a later day, or another body.",
            f"Byddai’r swyddogaeth felly’n mynd mewn cylch drwy {body}, ac ni fyddai neb yn ei "
            "dal. Rhowch ddiwrnod diweddarach, neu gorff arall.",
        ),
        "successor",
    )


def kept_already(until: str) -> KeepingError:
    """Return the refusal of a row that overlaps one which says the same."""
    return KeepingError(
        Words(
            f"The same is kept already, {until}. Change that one, or begin after it has ended.",
            f"Mae’r un peth wedi’i gadw eisoes, {until}. Newidiwch hwnnw, neu dechreuwch wedi "
            "iddo ddod i ben.",
        )
    )


def ends_before_it_begins() -> KeepingError:
    """Return the refusal of days in the wrong order."""
    return KeepingError(
        Words(
            "The last day is before the first. Give a last day that is later, or none.",
            "Mae’r diwrnod olaf cyn y cyntaf. Rhowch ddiwrnod olaf sy’n ddiweddarach, neu ddim.",
        ),
        "to_date",
    )


def to_itself() -> KeepingError:
    """Return the refusal of what leads back to where it began."""
    return KeepingError(
        Words(
            "This would lead round in a circle, back to where it began. Choose another.",
            "Byddai hyn yn arwain mewn cylch, yn ôl i’r man cychwyn. Dewiswch un arall.",
        ),
    )


def unreachable() -> KeepingError:
    """Return the refusal of a desk with neither number nor address."""
    return KeepingError(
        Words(
            "Give a telephone number or an email address, so that the desk can be reached.",
            "Rhowch rif ffôn neu gyfeiriad e-bost, fel y gellir cyrraedd y ddesg.",
        ),
        "phone",
    )
