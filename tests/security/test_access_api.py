"""Every question of the API, asked with every sort of token."""

from typing import Any, Final

import pytest
from django.core.cache import cache

from candour.api.models import Part
from candour.api.site import api
from candour.cases.models import Case
from tests.api.asking import ask, token_of
from tests.security.access_tables import assert_as_told
from tests.security.everybody import site_of
from tests.security.test_who_reaches_what import case
from tests.support.casework import Town

__all__ = ["case"]
pytestmark = pytest.mark.django_db
API: Final = "The API"
WORDS: Final = {401: "refused", 403: "not ticked", 404: "not there"}
OF_A_CASE: Final = ("Falls at night", "PPM")


def test_every_question_is_answered_to_whom_the_table_says(town: Town, case: Case) -> None:
    cache.clear()
    site = site_of(town, case)
    people = site.people[0]
    tokens = {
        "no token": "",
        "untrue": "candour_" + "x" * 43,
        "no tick": {
            part: token_of(town.mari, *(p for p in Part if p is not part)) for part in Part
        },
        "own": token_of(town.mari),
        "partner": token_of(people["partner"]),
        "told": token_of(people["told"]),
        "other body": token_of(town.olwen),
    }
    found = {
        path: tuple(_word(_asked(kind, path, how), site.refs[0]) for kind in tokens.values())
        for path, how in _questions(town, case).items()
    }
    assert_as_told(API, found)


def _all_but(town: Town, part: Part) -> str:
    return token_of(town.mari, *(other for other in Part if other is not part))


def _questions(town: Town, case: Case) -> dict[str, dict[str, Any]]:
    """Return every path of the API with what is asked there, and the part that it is of."""
    known = {"ref": case.ref, "name": "cardiff_vale"}
    queries = {
        "/restrictions/may-place": {"service": town.service.pk},
        "/services": {"name": "Plas"},
    }
    found = {}
    for path, methods in api.get_openapi_schema()["paths"].items():
        (method,) = methods
        assert method == "get", f"{path} writes something: it belongs to the table of forms"
        short = path.removeprefix("/api/v1")
        part = next(p for p in Part if p.label.startswith(methods["get"]["tags"][0]))
        found[short] = {"at": short.lstrip("/").format(**known), "part": part}
        found[short]["query"] = queries.get(short, {})
    return found


def _asked(token: Any, path: str, how: dict[str, Any]) -> Any:
    given = token[how["part"]] if isinstance(token, dict) else token
    return ask(given, how["at"], **how["query"])


def _word(answer: Any, ref: str) -> str:
    if answer.status_code == 200:
        return "case" if ref in answer.content.decode() else "page"
    return WORDS.get(answer.status_code, str(answer.status_code))
