"""Goes to every page that the pages of the site lead to, as somebody with much time would."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

LEADS = re.compile(r'(?:href|src|action)="([^"]*)"')
IDS = re.compile(r'\bid="([^"]+)"')
OWN = "http://site"
LEFT = ("sign-out", "choose-language")  # where following the link ends the visit, or changes it

Ask = Callable[[str], tuple[int, str]]
"""Returns the status of an address of this site, and its page."""


@dataclass
class Crawl:
    """A walk over the site.

    Attributes:
        ask: how a page is asked for.
        several: how many pages of one sort are looked at; the rest are made by the same lines.
        pages: the pages seen, by address.
        faults: what was out of order, in sentences.
    """

    ask: Ask
    several: int = 3
    pages: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _sorts: Counter[str] = field(default_factory=Counter)
    _wanted: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def walk(self, start: str = "/") -> None:
        """Look at all pages that can be reached, at most a few of each sort."""
        waiting, met = deque([start]), {start}
        while waiting:
            address = waiting.popleft()
            for lead in self._look_at(address):
                if lead not in met and self._is_wanted(lead):
                    met.add(lead)
                    waiting.append(lead)
        self._check_places()

    def _look_at(self, address: str) -> Iterator[str]:
        status, page = self.ask(address)
        if status != 200:
            self.faults.append(f"{address} answers {status}")
            return
        self.pages[address] = page
        for written in map(unescape, LEADS.findall(page)):
            lead, place = urldefrag(urljoin(OWN + address, written))
            parts = urlsplit(lead)
            if f"{parts.scheme}://{parts.netloc}" != OWN:
                if parts.scheme not in ("mailto", "tel", "data"):
                    self.faults.append(f"{address} leads to another site: {written}")
                continue
            lead = lead.removeprefix(OWN)
            if place:
                self._wanted.setdefault(lead, []).append((place, address))
            yield lead

    def _is_wanted(self, address: str) -> bool:
        sort = sort_of(address)
        if sort.split(" ")[0] in LEFT:
            return False
        self._sorts[sort] += 1
        return self._sorts[sort] <= self.several

    def _check_places(self) -> None:
        """Note each link to a place on a page that the page does not have."""
        for address, wanted in self._wanted.items():
            if address in self.pages:
                there = set(IDS.findall(self.pages[address]))
                self.faults += [
                    f"{source} leads to #{place}, which is not on {address}"
                    for place, source in wanted
                    if place not in there
                ]


def sort_of(address: str) -> str:
    """Return what sort of page an address is of: its view, and the words that make it another."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return parts.path
    words = [f"{name}={value}" for name, value in found.kwargs.items() if name in ("kind", "name")]
    query = sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair})
    return " ".join([found.url_name or parts.path, *words, *query])


def one_of_each(addresses: Iterable[str]) -> list[str]:
    """Return the first address of each view, whatever else makes pages of it differ."""
    first: dict[str, str] = {}
    for address in addresses:
        first.setdefault(sort_of(address).split(" ")[0], address)
    return list(first.values())
