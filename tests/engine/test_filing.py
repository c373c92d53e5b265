"""Documents filed: for whom they are follows from what they support; the file is not put right."""

from dataclasses import replace
from typing import Any

import pytest

from candour.engine import Entry, Refusal, fold, propose
from candour.engine.audiences import EVERYBODY, MEMBERS, audience_of
from tests.engine.small import OPENED, PROCEDURE, at, draft, entry

FILE: dict[str, Any] = {
    "document": "rota.pdf",
    "media_type": "application/pdf",
    "size": 9,
    "sha256": "0" * 64,
}
OPEN = entry("view_sought", "2026-03-10", "heard", from_whom="The manager")
SECRET = replace(OPEN, id="secret", audience=MEMBERS)
STANDING = fold(
    PROCEDURE,
    [OPENED, OPEN, SECRET, entry("document_filed", "2026-03-11", "rota", title="Rota", **FILE)],
)


@pytest.mark.parametrize(
    ("supports", "audience"),
    [
        ((), EVERYBODY),
        (("heard",), EVERYBODY),
        (("secret",), MEMBERS),
        (("heard", "secret"), MEMBERS),
    ],
)
def test_a_document_is_for_nobody_whom_what_it_supports_is_kept_from(
    supports: tuple[str, ...], audience: str
) -> None:
    filed = draft("document_filed", "2026-03-12", *supports, title="Rota", **FILE)
    assert audience_of(STANDING, filed) == audience


def corrected(**data: Any) -> Entry | Refusal:
    proposed = draft("correction_made", "2026-03-12", "rota", why="Wrong.", **data)
    return propose(STANDING, proposed, at("2026-03-12T12:00"))


@pytest.mark.parametrize("name", [*FILE, "place", "through"])
def test_what_the_file_itself_says_is_not_put_right(name: str) -> None:
    refusal = corrected(changes={name: FILE.get(name, "x")})
    assert isinstance(refusal, Refusal)
    assert "file the right one" in str(refusal)


def test_a_title_is_put_right_and_a_document_withdrawn() -> None:
    assert isinstance(corrected(changes={"title": "The rota"}), Entry)
    assert isinstance(corrected(withdraws=True), Entry)
