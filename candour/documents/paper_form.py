"""A form to fill in by hand, drawn as a tagged PDF: boxes to tick and lines to write on.

The layout is `paper_form.typ`; everything it says goes to it as data.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from candour.documents.fonts import FAMILIES
from candour.documents.pdf import printed
from candour.documents.words import WORDS

_LAYOUT = Path(__file__).with_name("paper_form.typ").read_bytes()


@dataclass(frozen=True, slots=True)
class PaperOption:
    """A box to tick, under the number by which it is keyed."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question on paper: boxes to tick, or lines to write on."""

    number: str
    words: str
    hint: str = ""
    options: tuple[PaperOption, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form on paper.

    Attributes:
        language: “en” or “cy”.
        body: whose form it is.
        title, lead: its heading, and the first words under it.
        ring_title, ring: whom to ring in danger: pairs of number and name.
        asked: the questions in order.
        ending: what to do with it when it is filled in.
        large: in large print.
    """

    language: str
    body: str
    title: str
    lead: str
    ring_title: str
    ring: tuple[tuple[str, str], ...]
    asked: tuple[PaperQuestion, ...]
    ending: str
    large: bool = False


def paper_form_pdf(form: PaperForm, *, made_at: datetime) -> bytes:
    """Return the form as PDF/UA-1, dated `made_at`: the same bytes for the same form.

    Raises:
        Undrawable: it could not be drawn.
    """
    drawn: Mapping[str, Any] = {
        **asdict(form),
        "ring": [{"phone": phone, "who": who} for phone, who in form.ring],
        "fonts": FAMILIES,
        "page": WORDS[form.language].page,
        "made": made_at.astimezone(UTC).timetuple()[:6],
    }
    return printed(drawn, made_at, layout=_LAYOUT)
