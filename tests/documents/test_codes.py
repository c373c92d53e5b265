"""The code of a document: read as typed, and a slip of the finger is told from an unknown code."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.documents.codes import (
    ALPHABET,
    MISTYPED,
    STRANGE,
    TOO_LONG,
    TOO_SHORT,
    CodeFault,
    code_of,
    read_code,
    start_of_code,
)

SEALS = st.binary(max_size=8).map(lambda drawn: hashlib.sha256(drawn).hexdigest())
SEAL = hashlib.sha256(b"minutes").hexdigest()


def test_a_code_is_four_groups_of_five() -> None:
    assert [len(group) for group in code_of(SEAL).split("-")] == [5, 5, 5, 5]
    assert not set("ILOU") & set(code_of(SEAL))


@given(SEALS)
def test_however_it_is_typed_a_code_leads_back_to_its_seal(seal: str) -> None:
    code = code_of(seal)
    lookalikes = code.replace("1", "l").replace("0", "o")
    for typed in (code, code.lower(), code.replace("-", " "), f" {lookalikes}\n"):
        assert read_code(typed) == start_of_code(seal)


@given(SEALS, st.integers(0, 19), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(seal: str, place: int, other: str) -> None:
    plain = code_of(seal).replace("-", "")
    if plain[place] == other:
        return
    with pytest.raises(CodeFault) as fault:
        read_code(plain[:place] + other + plain[place + 1 :])
    assert fault.value.reason == MISTYPED


@given(SEALS, st.integers(0, 16), st.integers(1, 17))
def test_two_swapped_characters_are_noticed(seal: str, first: int, apart: int) -> None:
    letters = list(code_of(seal).replace("-", ""))
    second = min(first + apart, 17)
    if letters[first] == letters[second]:
        return
    letters[first], letters[second] = letters[second], letters[first]
    with pytest.raises(CodeFault):
        read_code("".join(letters))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", TOO_SHORT),
        (code_of(SEAL)[:-1], TOO_SHORT),
        (code_of(SEAL) + "0", TOO_LONG),
        (code_of(SEAL)[:-1] + "!", STRANGE),
        ("<script>", STRANGE),
    ],
)
def test_what_cannot_be_a_code_says_why(typed: str, reason: str) -> None:
    with pytest.raises(CodeFault) as fault:
        read_code(typed)
    assert fault.value.reason == reason
