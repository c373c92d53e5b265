"""The licence asks a site to offer its users the source that it runs."""

import pytest
from django.template import engines
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_site_that_says_where_links_to_its_source(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = engines["jinja2"].env.globals  # type: ignore[attr-defined]  # Jinja2's backend has it
    monkeypatch.setitem(words, "source_address", "https://example.org/candour")
    page = client.get("/sign-in/").content.decode()
    assert '<a class="govuk-footer__link" href="https://example.org/candour">Its source</a>' in page


def test_a_site_that_does_not_say_shows_no_link(client: Client) -> None:
    assert "Its source" not in client.get("/sign-in/").content.decode()
