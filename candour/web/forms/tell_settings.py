"""Reads what staff set of their body's public form."""

from candour.telling.forms import PARTS, FormLook
from candour.web.forms.controls import YES, Typed, first
from candour.web.tell_frame import LANGUAGES


def look_from(typed: Typed) -> FormLook:
    """Return the settings as they were typed, right or wrong."""
    return FormLook(
        is_open=first(typed, "open") == YES,
        words={
            language: {part: first(typed, f"{part}_{language}").strip() for part in PARTS}
            for language in LANGUAGES
        },
        colour=first(typed, "colour").strip(),
        sites=tuple(line.strip() for line in first(typed, "sites").splitlines() if line.strip()),
    )
