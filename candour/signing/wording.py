"""Values of entries in the words of a document's language, which need not be the page's."""

from datetime import date, datetime

from django.utils import formats, translation

from candour.engine.fields import Field, FieldType, as_values
from candour.engine.london import local
from candour.engine.words import Language, Words

YES, NO = Words("Yes", "Ie"), Words("No", "Na")
AT = Words("at", "am")


def field_lines(known: Field, value: object, language: Language) -> tuple[str, ...]:
    """Return a field's value in words, a line for each item of a list."""
    match known.type:
        case FieldType.YES_NO:
            return ((YES if value else NO).text(language),)
        case FieldType.DATE:
            return (day_words(date.fromisoformat(str(value)), language),)
        case FieldType.MOMENT:
            return (moment_words(datetime.fromisoformat(str(value)), language),)
        case _:
            return tuple(_item(known, item, language) for item in as_values(value))


def _item(known: Field, value: object, language: Language) -> str:
    chosen = next((option for option in known.options if option.id == value), None)
    return chosen.label.text(language) if chosen else str(value)


def day_words(day: date, language: Language) -> str:
    """Return a day: “30 March 2026”, “30 Mawrth 2026”."""
    with translation.override(language):
        return formats.date_format(day, "j F Y")


def moment_words(moment: datetime, language: Language) -> str:
    """Return an instant in London time; the first instant of a day stands for the day alone."""
    there = local(moment)
    if there.hour == there.minute == there.second == 0:
        return day_words(there.date(), language)
    return f"{day_words(there.date(), language)} {AT.text(language)} {there:%H:%M}"
