"""Runs axe on a page as it stands, and says what is wrong so that it can be mended."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})"


@contextmanager
def scripted_copy(page: Page) -> Iterator[Page]:
    """Yield the page as it stands, in a window where axe can run; the site's own script does not.

    A window with scripts off would never answer axe.
    """
    browser = page.context.browser
    assert browser is not None
    with closing(browser.new_context(viewport=page.viewport_size)) as context:
        copy, html = context.new_page(), page.content()
        copy.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
        copy.route("**/*.js", lambda route: route.abort())
        copy.goto(page.url)
        yield copy


def violations(page: Page) -> list[str]:
    """Return one paragraph for each rule of WCAG 2.2 AA or good practice that the page breaks."""
    page.evaluate(_AXE)
    found: dict[str, Any] = page.evaluate(_RUN, _RULES)
    if not found["passes"]:
        return [f"axe looked at {page.url} and could check nothing: is the page empty?"]
    return [_told(violation) for violation in found["violations"]]


def _told(violation: dict[str, Any]) -> str:
    places = [
        f"    {' '.join(map(str, node['target']))}\n      {node['html'][:200]}\n      "
        + node.get("failureSummary", "").replace("\n", "\n      ")
        for node in violation["nodes"][:5]
    ]
    more = len(violation["nodes"]) - len(places)
    tail = [f"    … and {more} more"] if more > 0 else []
    head = f"{violation['id']} ({violation['impact']}): {violation['help']}"
    return "\n".join([head, *places, *tail])
