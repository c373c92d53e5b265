"""What people do on the pages of a case: fill in, choose, send."""

from collections.abc import Mapping
from datetime import datetime

from playwright.sync_api import Locator, Page

BOXES = ("day", "month", "year")


def fill_when(page: Page, when: str, name: str = "entry-when") -> None:
    """Type a day, and its time if `when` has one: “2026-03-30 10:00”."""
    day, _, at = when.partition(" ")
    date = datetime.fromisoformat(day)
    for box, value in zip(BOXES, (date.day, date.month, date.year), strict=True):
        page.locator(f"[name={name}-{box}]").fill(str(value))
    page.locator(f"[name={name}-time]").fill(at)


def fill(page: Page, answers: Mapping[str, str]) -> None:
    """Answer the fields of a form by their labels: type, or choose."""
    for label, value in answers.items():
        field = _field(page, label)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def _field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def choose(page: Page, answers: Mapping[str, str]) -> None:
    """Choose one answer in each of these groups of radios or boxes."""
    for legend, words in answers.items():
        group = page.get_by_role("group", name=legend)
        group.get_by_label(words, exact=True).check()


def press(page: Page, words: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=words, exact=True).click()
