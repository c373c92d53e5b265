"""Servers that hand requests on: said to the site, or the site says that nobody has."""

import logging

import pytest
from django.conf import settings
from django.test import RequestFactory

from candour.site.handing_on import servers_in_front
from candour.site.trouble import SiteTrouble
from candour.web import limiting

VISITOR = "81.2.69.142"


@pytest.fixture(autouse=True)
def _nothing_said_yet() -> None:
    limiting.warn_of_none.cache_clear()
    limiting.warn_of_too_many.cache_clear()


def sent_by(address: str, **headers: str) -> str:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return limiting.sender(RequestFactory().post("/tell/", REMOTE_ADDR=address, headers=names))


@pytest.mark.parametrize("header", ["X_Forwarded_For", "Forwarded", "X_Real_IP"])
def test_a_header_of_a_server_in_front_that_nobody_named_is_warned_of_once(
    caplog: pytest.LogCaptureFixture, header: str
) -> None:
    with caplog.at_level(logging.WARNING):
        assert sent_by("10.0.0.2", **{header: VISITOR}) == ""
        sent_by("10.0.0.2", **{header: VISITOR})
    (said,) = caplog.messages
    assert "CANDOUR_PROXIES is not set" in said
    assert VISITOR not in said


def test_what_a_visitor_makes_up_is_neither_believed_nor_warned_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        assert sent_by(VISITOR, X_Forwarded_For="1.2.3.4") == sent_by(VISITOR)
    assert not caplog.messages


def test_with_their_number_set_a_visitor_behind_them_is_known(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    direct = sent_by(VISITOR)
    monkeypatch.setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 1)
    assert sent_by("10.0.0.2", X_Forwarded_For=f"1.2.3.4, {VISITOR}") == direct
    assert not caplog.messages


def test_fewer_than_were_named_is_warned_of_and_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 2)
    assert sent_by("10.0.0.2", X_Forwarded_For=VISITOR) == ""
    assert "CANDOUR_PROXIES is 2" in caplog.text


@pytest.mark.parametrize(("said", "servers"), [("", 0), (" 1 ", 1), ("2", 2)])
def test_how_many_is_read(said: str, servers: int) -> None:
    assert servers_in_front(said) == servers


@pytest.mark.parametrize("said", ["one", "-1", "1.5", "1000"])
def test_what_is_no_number_says_what_to_do(said: str) -> None:
    with pytest.raises(SiteTrouble, match="mostly 1"):
        servers_in_front(said)
