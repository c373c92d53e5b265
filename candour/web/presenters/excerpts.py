"""Words of an answer as a page shows them: the part that matters, with what was found marked."""

from collections.abc import Sequence

from markupsafe import Markup, escape

LENGTH = 280  # letters of an answer in a list
BEFORE = 70  # of them before the first word that was found
MORE = "…"
_MARK = Markup("<mark>{}</mark>")

Span = tuple[int, int]


def whole(answer: str, found: Sequence[Span] = ()) -> Markup:
    """Return an answer with the places that a search found marked."""
    return _marked(answer, 0, len(answer), found)


def excerpt(answer: str, found: Sequence[Span] = (), length: int = LENGTH) -> Markup:
    """Return the part of an answer around what was found, or its beginning; never half a word."""
    if len(answer) <= length:
        return whole(answer, found)
    begin = _word_start(answer, found[0][0] - BEFORE) if found else 0
    begin = _word_start(answer, len(answer) - length) if len(answer) - begin < length else begin
    end = _word_end(answer, begin + length)
    return Markup("{}{}{}").format(
        MORE if begin else "", _marked(answer, begin, end, found), MORE if end < len(answer) else ""
    )


def _marked(answer: str, begin: int, end: int, found: Sequence[Span]) -> Markup:
    parts: list[str] = []
    place = begin
    for start, stop in found:
        start, stop = max(start, place), min(stop, end)  # noqa: PLW2901  # what is shown of it
        if start < stop:
            parts += [escape(answer[place:start]), _MARK.format(answer[start:stop])]
            place = stop
    parts.append(escape(answer[place:end]))
    return Markup().join(parts)


def _word_start(answer: str, place: int) -> int:
    """Return where the first whole word at or after a place begins, if one is near."""
    if place <= 0:
        return 0
    space = answer.find(" ", place - 1, place + BEFORE)
    return place if space < 0 else space + 1


def _word_end(answer: str, place: int) -> int:
    """Return where the last whole word before a place ends, if one is near."""
    if place >= len(answer):
        return len(answer)
    space = answer.rfind(" ", place - BEFORE, place + 1)
    return place if space < 0 else space
