"""People who walk through the pages of the public form, each as a browser does.

Everybody keeps one connection and one cookie, asks for each page, thinks for a moment, sends it,
and is led to the next; the last page shows the receipt. One thread serves them all, so that little
of the machine goes to those who ask.
"""

import asyncio
import random
import statistics
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode

START = "/tell/ely/en/"
SENT = START + "sent/"
LAST = START + "check/"
ANSWERS = {
    START: {"danger": "no"},
    START + "what/": {"what": "The ward was kind but slow, and nobody came for an hour at night."},
    START + "where/": {"place": "Ely General"},
    START + "when/": {"when": "last spring"},
    START + "how/": {"felt": "4"},
    START + "change/": {"change": "More people at night."},
    START + "about/": {"about": "no"},
    START + "sharing/": {"consent": "provider"},
    START + "reply/": {"reply": "yes"},
    START + "contact/": {"contact_name": "Gwen Parry", "contact_email": "gwen@example.org"},
    LAST: {},
}
PAGES = len(ANSWERS)
OVER = 60.0  # seconds after which somebody is lost


@dataclass
class Walks:
    """What came of all who walked. Times are seconds, from a request to its whole answer."""

    times: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    finished: list[float] = field(default_factory=list)
    lost: dict[str, int] = field(default_factory=dict)

    def lose(self, why: str) -> None:
        self.lost[why] = self.lost.get(why, 0) + 1


class Walker:
    """One person's browser."""

    def __init__(self, port: int, walks: Walks) -> None:
        self.port, self.walks, self.cookie = port, walks, ""

    async def walk(self, thinking: float) -> None:
        """Go from the first page to the receipt, thinking for so many seconds on each page."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            place = START
            await self._page(place)
            while place != SENT:
                await asyncio.sleep(thinking * random.uniform(0.5, 1.5))  # no secret
                place = await self._sends(place)
                await self._page(place)
            self.walks.finished.append(time.perf_counter())
        finally:
            self.writer.close()

    async def _page(self, place: str) -> None:
        status, _headers = await self._ask("GET", place, {})
        if status != HTTPStatus.OK:
            raise ConnectionError(f"page {place}: {status}")

    async def _sends(self, place: str) -> str:
        begun = time.perf_counter()
        status, headers = await self._ask("POST", place, ANSWERS[place])
        if place == LAST:
            self.walks.last.append(time.perf_counter() - begun)
        onwards = headers.get("candour-onwards", "")
        if status != HTTPStatus.NO_CONTENT or not onwards:
            raise ConnectionError(f"sent {place}: {status}")
        return onwards

    async def _ask(
        self, method: str, place: str, form: dict[str, str]
    ) -> tuple[int, dict[str, str]]:
        body = urlencode(form) if method == "POST" else ""
        lines = [f"{method} {place} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if method == "POST":
            lines += [
                "Candour-Asks: onwards",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        begun = time.perf_counter()
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        await self.reader.readexactly(int(headers.get("content-length", "0")))
        self.walks.times.append(time.perf_counter() - begun)
        if "set-cookie" in headers:
            self.cookie = headers["set-cookie"].split(";", 1)[0]
        return int(head[0].split(" ", 2)[1]), headers


async def _all(port: int, rate: float, seconds: int, thinking: float) -> Walks:
    walks = Walks()

    async def one() -> None:
        try:
            await asyncio.wait_for(Walker(port, walks).walk(thinking), OVER + thinking * PAGES * 2)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as why:
            walks.lose(str(why) or type(why).__name__)

    begun, people = time.perf_counter(), []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        people.append(asyncio.create_task(one()))
    await asyncio.gather(*people)
    return walks


def walked(port: int, rate: float, seconds: int, thinking: float) -> Walks:
    """Let so many people a second begin, at even distances, and wait until all are through."""
    return asyncio.run(_all(port, rate, seconds, thinking))


def at_the_95th(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("nan")
