"""Whether a typed name is the name that was asked for."""

import unicodedata

SHORTEST, LONGEST = 2, 200


def same_name(typed: str, wanted: str) -> bool:
    """Say whether two names are one: capitals, accents, spaces and full stops do not count."""
    return bool(_plain(typed)) and _plain(typed) == _plain(wanted)


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in apart if letter.isalnum())
