"""The form in a frame on another site, in a browser that keeps no cookies of others."""

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect
from pytest_django.live_server_helper import LiveServer

from candour.people.actor import Actor
from candour.people.models import User
from candour.site import clock
from candour.telling.actions import set_form
from candour.telling.forms import FormLook
from candour.telling.gate import Gate, Limits
from candour.web import tell_gate
from tests.support.casework import Town, make_town

Shot = Callable[[str], Path]
WORDS = "The nurse was kind."


@pytest.fixture
def live_site(live_server: LiveServer) -> str:
    """The form is at 127.0.0.1 and the page around it at localhost: two sites to a browser."""
    return f"http://127.0.0.1:{urlsplit(live_server.url).port}"


class _Around(http.server.BaseHTTPRequestHandler):
    page = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def around() -> Iterator[http.server.ThreadingHTTPServer]:
    """A site of the body's own, with one page."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Around)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def own_site(around: http.server.ThreadingHTTPServer) -> str:
    return f"http://localhost:{around.server_port}"


@pytest.fixture
def town(transactional_db: None, own_site: str) -> Town:
    town = make_town()
    look = FormLook(is_open=True, sites=(own_site,))
    set_form(look, actor=Actor.system(town.healthwatch), as_of=clock.now())
    return town


@pytest.fixture
def visitor(browser: Browser, town: Town) -> Iterator[Page]:
    """A page of somebody whose browser blocks what other sites would keep in a frame."""
    context = browser.new_context(viewport={"width": 375, "height": 740}, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send(
        "Network.setCookieControls",
        {
            "enableThirdPartyCookieRestriction": True,
            "disableThirdPartyCookieMetadata": True,
            "disableThirdPartyCookieHeuristics": True,
        },
    )
    yield page
    context.close()


def pasted(page: Page, come_in_as: Callable[[User], None], town: Town) -> str:
    """Return what the page of staff gives to paste."""
    come_in_as(town.sam)
    page.set_default_timeout(30_000)  # the first page of staff in a process compiles its templates
    page.goto("/experiences/form/")
    return page.locator("#frame-en").input_value()


def filled_in(frame: FrameLocator) -> None:
    danger = frame.get_by_role("group", name="Is anyone in danger now?")
    danger.get_by_label("No", exact=True).check()
    frame.get_by_label("What happened?").fill(WORDS)
    frame.get_by_label("Where did it happen?").first.fill("The ward")
    frame.get_by_label("Very good").check()
    frame.get_by_label("No, thank you").check()


def test_the_form_works_in_a_frame_of_a_site_that_may_hold_it(
    page: Page,
    visitor: Page,
    town: Town,
    own_site: str,
    come_in_as: Callable[[User], None],
    screenshot: Shot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frame_lines = pasted(page, come_in_as, town)
    _Around.page = f"<!doctype html><title>Own</title><h1>Us</h1>{frame_lines}".encode()
    visitor.goto(own_site)
    held, frame = visitor.locator("iframe"), visitor.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Tell us about your care")).to_be_visible()
    _as_high_as_its_content(visitor)
    visitor.screenshot(path=screenshot("tell-own-page").with_name("tell-framed.png"))
    with visitor.context.expect_page() as opened:
        frame.get_by_role("link", name="Open the form in a new tab").click()
    expect(opened.value.get_by_role("heading", name="Is anyone in danger now?")).to_be_visible()
    opened.value.close()
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("alert")).to_contain_text("There is a problem")
    filled_in(frame)
    monkeypatch.setattr(tell_gate, "gate", Gate(Limits(site_a_second=0)))  # under attack
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("heading", name="Thank you")).to_be_visible(timeout=30_000)
    _as_high_as_its_content(visitor)
    visitor.screenshot(path=screenshot("tell-own-page").with_name("tell-framed-sent.png"))
    assert not visitor.context.cookies()
    with visitor.context.expect_page() as opened:
        frame.get_by_role("link", name="/tell/receipt/en/").click()
    expect(opened.value.get_by_label("What is your receipt code?")).to_be_visible()
    expect(held).to_have_count(1)


def _as_high_as_its_content(visitor: Page) -> None:
    inner = visitor.frames[1]
    inner.wait_for_function(
        "Math.abs(document.documentElement.scrollHeight - window.innerHeight) <= 2"
    )
    width = inner.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0


def test_another_site_cannot_hold_it(
    browser: Browser, town: Town, own_site: str, live_site: str
) -> None:
    other = own_site.replace("localhost", "127.0.0.1")
    whole = f"{live_site}/tell/ely/en/whole/"
    _Around.page = f'<!doctype html><title>Other</title><iframe src="{whole}"></iframe>'.encode()
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for place, allowed in ((other, False), (own_site, True)):
        page.goto(place)
        heading = page.frame_locator("iframe").get_by_role("heading", name="Tell us")
        expect(heading).to_have_count(1 if allowed else 0)
    context.close()
    assert any("frame-ancestors" in words for words in said)


def test_without_scripts_it_is_sent_in_the_frame_too(
    browser: Browser, town: Town, own_site: str, live_site: str
) -> None:
    whole = f"{live_site}/tell/ely/en/whole/"
    _Around.page = (
        f'<!doctype html><title>Own</title><iframe src="{whole}" width="360" height="900"></iframe>'
    ).encode()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(own_site)
    frame = page.frame_locator("iframe")
    filled_in(frame)
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("heading", name="Thank you")).to_be_visible()
    context.close()
