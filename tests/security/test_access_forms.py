"""Every form of the site, sent by every sort of person; whoever is refused changes nothing."""

from collections import Counter
from copy import deepcopy
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from candour.cases import standings
from candour.cases.models import Case
from tests.security.access_tables import assert_as_told
from tests.security.everybody import PEOPLE, site_of
from tests.security.test_who_reaches_what import case, concern
from tests.support.casework import Town

__all__ = ["case"]
pytestmark = pytest.mark.django_db
FORMS: Final = "The forms"
TAKES: Final = "takes it"
REFUSED: Final = {403: "may not", 404: "not there", 410: "closed"}
# What a browser’s visit or the count of its tries writes, whoever sends what.
OF_THE_BROWSER: Final = ("django_session", "site_cache")


def word(answer: Any, person: str) -> str:
    """Return what came of a form, as the table says it."""
    if answer.status_code == 403 and person in ("nobody", "link"):
        return "sign in" if "/sign-in/" in answer.content.decode() else "may not"
    if answer.status_code >= 500:
        return str(answer.status_code)
    return REFUSED.get(answer.status_code, TAKES)


def written() -> Counter[str]:
    """Return how many rows this transaction has added, changed or removed, table by table.

    The database counts them whoever may see them, and those that were rolled back as well.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return Counter({name: n for name, n in cursor.fetchall() if name not in OF_THE_BROWSER})


def says(town: Town) -> dict[str, dict[str, str]]:
    """Return what a form has to say beside the usual to be one at all."""
    return {
        "case-signature": {"press": "withdraw", "why": "Another text is signed."},
        "portal-one": {"press": "send"},
        "publishing": {"body": str(town.council.pk), "register": "decisions", "press": "open"},
    }


def takes_forms(place: str) -> bool:
    """Say whether an address takes any form at all: others refuse the sort of request first."""
    with transaction.atomic():
        status: int = Client().post(place).status_code
        transaction.set_rollback(True)
    return status != 405


def test_every_form_is_taken_from_whom_the_table_says_and_nobody_else_changes_anything(
    town: Town, case: Case
) -> None:
    cache.clear()
    site, form, more = site_of(town, case), concern(town, case), says(town)
    places = {name: place for name, place in site.places.items() if takes_forms(place)}
    found: dict[str, list[str]] = {name: [] for name in places}
    for person in PEOPLE:
        for name, place in places.items():
            client = site.browser(person, name)
            cookies = deepcopy(client.cookies)
            with transaction.atomic():
                before = written()
                told = word(client.post(place, form | more.get(name, {})), person)
                changed = written() - before
                transaction.set_rollback(True)
            client.cookies = cookies  # as if nothing had been sent
            standings.forget_all()
            assert told in (TAKES, "500") or not changed, (person, name, told, changed)
            found[name].append(told)
    assert_as_told(FORMS, {name: tuple(cells) for name, cells in found.items()})


def test_what_is_written_is_noticed(town: Town, case: Case) -> None:
    """Else the test above would prove nothing."""
    client, before = Client(), written()
    client.force_login(town.mari)
    answer = client.post(f"/cases/{case.ref}/record/concern_raised/", concern(town, case))
    assert answer.status_code == 302
    assert (written() - before)["case_entry"] == 1
