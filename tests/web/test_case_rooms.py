"""The sub-navigation of a case shows the parts that its procedure can hold and the site has."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.urls import path

from candour.policies import load
from candour.web import case_rooms as rooms_of
from candour.web.case_rooms import case_rooms
from candour.web.presenters import addresses
from candour.web.views.health import healthz

urlpatterns = [
    path("cases/<str:ref>/", healthz, name="case"),
    path("cases/<str:ref>/meetings/", healthz, name="case-meetings"),
    path("cases/<str:ref>/sharing/", healthz, name="case-sharing"),
]


@pytest.fixture(autouse=True)
def other_addresses() -> Iterator[None]:
    """Addresses are kept for the life of a process; these tests have their own."""
    addresses._page.cache_clear()
    yield
    addresses._page.cache_clear()


@override_settings(ROOT_URLCONF="tests.web.test_case_rooms")
def test_parts_without_a_page_do_not_show() -> None:
    links = case_rooms(load("cardiff_vale"), "CV-2026-0001", "case-sharing")
    assert [link.address for link in links] == [
        "/cases/CV-2026-0001/",
        "/cases/CV-2026-0001/meetings/",
        "/cases/CV-2026-0001/sharing/",
    ]
    assert [link.current for link in links] == [False, False, True]


@override_settings(ROOT_URLCONF="tests.web.test_case_rooms")
def test_parts_that_the_procedure_hides_do_not_show() -> None:
    links = case_rooms(load("healthwatch_england"), "HW-2026-0001", "case")
    assert "meetings" not in "".join(link.address for link in links)
    assert any("sharing" in link.address for link in links)


@override_settings(ROOT_URLCONF="tests.web.test_case_rooms")
def test_nothing_to_choose_is_no_navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms_of, "_ROOMS", rooms_of._ROOMS[:1])
    assert case_rooms(load("cardiff_vale"), "CV-2026-0001", "case") == []
