"""Browser journeys: a real Chromium on the real site, watched for anything out of order."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from candour.people.models import User
from tests.journeys.accessibility import scripted_copy, violations
from tests.journeys.readers import DESKTOP, Reader
from tests.journeys.watching import Watcher

_SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]


def chromium() -> str:
    """Return the path of Chromium; skip without it, but never where a build is judged."""
    path = os.environ.get("CANDOUR_CHROMIUM") or shutil.which("chromium")
    if path and Path(path).exists():
        return path
    message = (
        "Chromium is not installed, so no journey can be walked. Install it with "
        "'apt install chromium', or name another in CANDOUR_CHROMIUM."
    )
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield one Chromium for all journeys of this process."""
    path = chromium()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, which Django would take for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def reader(request: pytest.FixtureRequest) -> Reader:
    """Return who walks the journey: at a desk unless `every_reader` says otherwise."""
    chosen: Reader = getattr(request, "param", DESKTOP)
    return chosen


@pytest.fixture
def live_site(live_server: LiveServer) -> str:
    """Return the address of the running site, without a slash at its end."""
    return live_server.url


@pytest.fixture
def context(browser: Browser, reader: Reader, live_site: str) -> Iterator[BrowserContext]:
    """Yield a fresh browser window: no cookies, British English, London time."""
    context = browser.new_context(
        base_url=live_site,
        viewport={"width": reader.width, "height": reader.height},
        java_script_enabled=reader.scripts,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, live_site: str) -> Iterator[Page]:
    """Yield a page; the test fails at its end if anything on it was out of order."""
    page = context.new_page()
    watcher = Watcher(page, live_site)
    yield page
    assert not watcher.faults, "On the way:\n" + "\n".join(watcher.faults)


@pytest.fixture
def check_accessible(reader: Reader) -> Callable[[Page], None]:
    """Return a check that axe finds nothing, and that nothing sticks out sideways."""

    def check(page: Page) -> None:
        if not reader.scripts:
            with scripted_copy(page) as copy:
                look_at(copy)
        else:
            look_at(page)

    def look_at(page: Page) -> None:
        page.wait_for_load_state()  # a long page is looked at whole, not while it still arrives
        found = violations(page)
        assert not found, f"axe on {page.url}:\n" + "\n".join(found)
        room, needs = page.evaluate(
            "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
        )
        assert needs <= room, f"{page.url} needs {needs} px of width but has {room}"

    return check


@pytest.fixture
def screenshot(page: Page, reader: Reader) -> Callable[[str], Path]:
    """Return a function that keeps a picture of the whole page in ``var/screenshots``."""

    def take(name: str) -> Path:
        _SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = _SCREENSHOTS / f"{name}-{reader.name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return take


@pytest.fixture
def come_in_as(context: BrowserContext, live_site: str, client: Client) -> Callable[[User], None]:
    """Return a function that signs a person in without walking through the sign-in page."""

    def come_in(user: User) -> None:
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])

    return come_in
