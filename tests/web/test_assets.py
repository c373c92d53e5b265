"""What the site serves to every page: its own files only, legible, with nothing inline."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "candour" / "web" / "static" / "candour"
TEMPLATES = ROOT / "candour" / "web" / "templates"
PALETTE = dict(
    re.findall(
        r"^\$([\w-]+): (#[0-9a-f]{6});",
        (ROOT / "assets" / "styles" / "_palette.scss").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
)
WHITE = "#ffffff"


def _brightness(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_brightness(one), _brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("status", ["late", "today", "week", "later", "met"])
def test_the_words_of_a_status_are_legible_on_white_and_on_their_tint(status: str) -> None:
    assert _contrast(PALETTE[status], WHITE) >= 4.5
    assert _contrast(PALETTE[status], PALETTE[f"{status}-tint"]) >= 4.5


@pytest.mark.parametrize("name", ["action", "visited", "quiet", "ink"])
def test_links_and_quiet_words_are_legible_on_white_and_on_paper(name: str) -> None:
    assert _contrast(PALETTE[name], WHITE) >= 4.5
    assert _contrast(PALETTE[name], PALETTE["paper"]) >= 4.5


def test_the_style_sheet_names_no_other_site_and_no_typeface_that_is_not_ours() -> None:
    css = (STATIC / "candour.css").read_text(encoding="utf-8")
    assert "gds transport" not in css.lower()
    assert "@font-face" not in css
    for target in re.findall(r"url\(([^)]*)\)", css):
        assert (STATIC / target.strip("\"'")).is_file(), f"{target} is not served by us"


@pytest.mark.parametrize("name", ["candour.css", "candour.js"])
def test_each_file_says_whose_work_it_contains(name: str) -> None:
    first_line = (STATIC / name).read_text(encoding="utf-8").split("\n", 1)[0]
    for work in ("govuk-frontend", "@ministryofjustice/frontend", "htmx"):
        assert work in first_line


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_no_template_has_inline_script_or_style_or_calls_another_site(template: Path) -> None:
    html = template.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", html), "a script without src"
    assert not re.search(r"<style|\sstyle=", html), "an inline style"
    assert not re.search(r"\son[a-z]+=\"", html), "an inline handler"
    assert not re.search(r"(src|href|action)=\"(https?:)?//", html), "an address elsewhere"
