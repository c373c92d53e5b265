"""The words that people agree to: no word of them changes without a new version."""

import hashlib

from candour.telling.consents import ALL

# The words of each version, by their hash. Changed words are a new version and a new line here;
# a line is never taken away, as somebody may have agreed to it.
KNOWN = {
    ("provider", 1): "73906f929771d17d",
    ("oversight", 1): "099e888e289231f4",
    ("national", 1): "791c6190ef155d8d",
    ("quote", 1): "6a7a289e0df242f3",
    ("contact_provider", 1): "acd3a50da1680a21",
}


def test_changed_words_are_a_new_version() -> None:
    found = {
        (each.kind, each.version): hashlib.sha256(
            f"{each.words.en}\n{each.words.cy}".encode()
        ).hexdigest()[:16]
        for each in ALL
    }
    assert {key: KNOWN.get(key) for key in found} == found


def test_nothing_is_agreed_to_beside_its_own_line() -> None:
    assert len({each.kind for each in ALL}) == len(ALL) == len({each.number for each in ALL})
