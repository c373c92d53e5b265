"""Bases on the screen: marked in the list, named on the pages of what is made from them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from candour import policies
from candour.bodies.models import Nation
from candour.people.models import Post, User
from tests.policies.example import TEXT
from tests.support.casework import Town
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]

OWN = """procedure: loud_word
version: "2026-05"
title: {en: A loud word, cy: Gair uchel}
based_on: quiet_word
duties:
  put_at_once:
    title: {en: Put it at once, cy: Ei godi ar unwaith}
    starts: {entry: concern_raised}
    due: same day
    met_by: {entry: recommendation_issued}
    owner: lead_officer
    clauses: [QW-4]
"""


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A site with a base of its own, a procedure made from it, and one that is spoilt."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T15:00")
    monkeypatch.setenv("CANDOUR_PROCEDURES", str(tmp_path))
    base = TEXT.replace('version: "2026-01" ', 'base: true\nversion: "2026-01" ')
    base = base.replace("case_officer", "lead_officer").replace("nation: england", "nation: wales")
    for name, text in {"quiet_word": base, "loud_word": OWN, "spoilt": "procedure: 3\n"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "procedure.yaml").write_text(text, "utf-8")


def test_the_list_says_what_is_a_base_and_what_is_made_from_it(
    town: Town, signed_in: Browser
) -> None:
    page = read(signed_in(town.mari).get("/procedures/"))
    assert "A base for other procedures: no case is opened under it" in page
    assert "Based on: A quiet word" in page
    assert "The procedure “spoilt” of this site cannot be used" in page


def test_the_page_says_what_comes_from_the_base(town: Town, signed_in: Browser) -> None:
    answer = signed_in(town.mari).get("/procedures/loud_word/")
    markup = main_of(answer)
    assert "Based on" in read(answer)
    taken = markup.split('id="duty-answer"')[1].split("</div>")[0]
    own = markup.split('id="duty-put_at_once"')[1].split("</div>")[0]
    assert ("From the base" in taken, "From the base" in own) == (True, False)
    assert "no case is opened under it" in read(signed_in(town.mari).get("/procedures/quiet_word/"))


def test_a_case_is_opened_under_what_is_made_from_a_base_and_not_under_the_base(
    town: Town, signed_in: Browser
) -> None:
    post = Post.objects.get(user=town.mari, role="lead_officer")
    assert post.body.nation == Nation.WALES
    page = read(signed_in(town.mari).get("/cases/open/"))
    assert policies.load("quiet_word").is_base
    assert "A loud word" in page
    assert "A quiet word" not in page
    assert (
        b"A quiet word" not in signed_in(town.mari).get("/cases/open/?procedure=quiet_word").content
    )
