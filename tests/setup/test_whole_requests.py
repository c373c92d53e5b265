"""What is sent is read to its end before the site is asked, and slow senders hold up nobody."""

import threading
from collections.abc import Iterable
from io import BytesIO
from itertools import count
from typing import Any

import pytest

from candour.site.whole_requests import GRACE, IN_MEMORY, LEAST, WholeRequests

MOST = 3 * IN_MEMORY


class Site:
    """A site that reads what it is sent, and notes how many ask it at a time."""

    def __init__(self) -> None:
        self.read: list[bytes] = []
        self.inside = self.most_inside = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        self.read.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        self.inside -= 1
        return [b"answer"]


class Dripping:
    """A sender who sends a little at a time."""

    def __init__(self, content: bytes, piece: int) -> None:
        self._content, self._piece = BytesIO(content), piece

    def read(self, most: int) -> bytes:
        return self._content.read(min(most, self._piece))


def environ(arriving: Any, length: object) -> dict[str, Any]:
    return {"CONTENT_LENGTH": length, "wsgi.input": arriving}


def statuses() -> tuple[list[str], Any]:
    said: list[str] = []
    return said, lambda status, headers: said.append(status)


@pytest.mark.parametrize("size", [1, IN_MEMORY, IN_MEMORY + 1, MOST])
def test_the_site_reads_all_that_was_sent(size: int) -> None:
    site, (said, start) = Site(), statuses()
    content = bytes(range(256)) * (size // 256 + 1)
    arriving = Dripping(content[:size] + b"the next request", 50_000)
    assert WholeRequests(site, most=MOST)(environ(arriving, str(size)), start) == [b"answer"]
    assert site.read == [content[:size]]
    assert said == ["200 OK"]


@pytest.mark.parametrize("length", ["", None, "0", "-5", "x", "٣", str(MOST + 1)])
def test_what_is_empty_or_beyond_measure_is_left_to_the_site(length: str | None) -> None:
    site, (_, start) = Site(), statuses()
    WholeRequests(site, most=MOST)(environ(BytesIO(b"as it came"), length), start)
    assert site.read == [b"as it came"]


def test_what_breaks_off_reaches_the_site_as_far_as_it_came() -> None:
    site, (_, start) = Site(), statuses()
    WholeRequests(site, most=MOST)(environ(BytesIO(b"half"), "8"), start)
    assert site.read == [b"half"]


def test_a_sender_who_would_never_end_is_sent_away() -> None:
    site, (said, start) = Site(), statuses()
    seconds = count(0, 10)
    slow = WholeRequests(site, most=MOST, elapsed=lambda: float(next(seconds)))
    assert slow(environ(Dripping(bytes(1_000), 1), "1000"), start) == []
    assert (said, site.read) == (["408 Request Timeout"], [])


def test_a_slow_line_is_given_its_time() -> None:
    site, (said, start) = Site(), statuses()
    seconds = count(0, int(GRACE))
    line = WholeRequests(site, most=MOST, elapsed=lambda: float(next(seconds)))
    line(environ(Dripping(bytes(600_000), int(GRACE) * LEAST), "600000"), start)
    assert said == ["200 OK"]


def test_one_who_sends_slowly_holds_up_nobody_and_one_at_a_time_asks_the_site() -> None:
    site, (said, start) = Site(), statuses()
    whole = WholeRequests(site, most=MOST)
    arrives, asked = threading.Event(), threading.Event()

    class Waiting:
        def read(self, most: int) -> bytes:
            asked.set()
            assert arrives.wait(20)
            return b"at last"[:most]

    slow = threading.Thread(target=whole, args=(environ(Waiting(), "7"), start))
    slow.start()
    assert asked.wait(20)
    others = [
        threading.Thread(target=whole, args=(environ(BytesIO(b"quick"), "5"), start))
        for _ in range(8)
    ]
    for other in others:
        other.start()
    for other in others:
        other.join(20)
    assert site.read == [b"quick"] * 8  # though the first to come is still sending
    arrives.set()
    slow.join(20)
    assert site.read[-1] == b"at last"
    assert (site.most_inside, len(said)) == (1, 9)
