"""A stand-in for the regulator's API, written from its documentation: real HTTP on loopback.

Lists come in pages of ``perPage`` with ``page``, ``totalPages`` and their URIs; changes are asked
for from one instant to another; a request without the key is refused. Faults can be put in its way.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "a-key-for-tests"
PREFIX = "/public/v1"


@dataclass
class Regulator:
    """What the stand-in knows and was asked.

    Attributes:
        locations, providers: what it answers, by number.
        changes: when a location changed, and its number.
        faults: what goes wrong with the next requests whose path has this part: "429", "500",
            "broken", "slow", "cut", or a status; each is used up by one request.
        asked: every path and query, in order.
    """

    address: str = ""
    locations: dict[str, dict[str, Any]] = field(default_factory=dict)
    providers: dict[str, dict[str, Any]] = field(default_factory=dict)
    changes: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def fault(self, path: str) -> str:
        for place, (part, what) in enumerate(self.faults):
            if part in path:
                del self.faults[place]
                return what
        return ""

    def answer(self, path: str, query: Mapping[str, str]) -> tuple[int, Any]:
        if path == "/changes/location":
            if not {"startTimestamp", "endTimestamp"} <= query.keys():
                return 400, {"statusCode": 400, "message": "startTimestamp and endTimestamp"}
            since, until = query["startTimestamp"], query["endTimestamp"]
            changed = [number for at, number in self.changes if since <= at < until]
            return 200, page_of("/changes/location", "changes", changed, query)
        if path == "/locations":
            found = [
                {"locationId": number, "locationName": told["name"]}
                for number, told in self.locations.items()
            ]
            return 200, page_of("/locations", "locations", found, query)
        if match := re.fullmatch(r"/(locations|providers)/([\w-]+)", path):
            known = self.locations if match[1] == "locations" else self.providers
            if match[2] in known:
                return 200, known[match[2]]
        return 404, {"statusCode": 404, "message": "Not found"}


def page_of(path: str, name: str, found: list[Any], query: Mapping[str, str]) -> dict[str, Any]:
    number, size = int(query.get("page", "1")), int(query.get("perPage", "1000"))
    pages = -(-len(found) // size)
    return {
        "total": len(found),
        "firstPageUri": f"{path}?page=1&perPage={size}",
        "page": number,
        "previousPageUri": None,
        "lastPageUri": f"{path}?page={pages}&perPage={size}",
        "nextPageUri": f"{path}?page={number + 1}&perPage={size}" if number < pages else None,
        "perPage": size,
        "totalPages": pages,
        name: found[(number - 1) * size : number * size],
    }


class _Handler(BaseHTTPRequestHandler):
    known: Regulator

    def do_GET(self) -> None:
        self.known.asked.append(self.path)
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(PREFIX)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self.headers.get("Ocp-Apim-Subscription-Key") != KEY:
            return self.send(401, b'{"statusCode": 401, "message": "Access denied"}')
        fault = self.known.fault(path)
        if fault == "broken":
            return self.send(200, b'{"locationId": "1-')
        if fault == "slow":
            time.sleep(0.6)
        elif fault == "cut":
            self.close_connection = True
            return None
        elif fault:
            after = {"Retry-After": "7"} if fault == "429" else {}
            return self.send(int(fault), b"Busy", after)
        status, told = self.known.answer(path, query)
        return self.send(status, json.dumps(told).encode())

    def send(self, status: int, body: bytes, more: Mapping[str, str] | None = None) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (more or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client had no patience left

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def regulator() -> Iterator[Regulator]:
    """Yield a stand-in that listens on loopback."""
    known = Regulator()

    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"known": known}))
    server.daemon_threads = True
    known.address = f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def told_of(number: str, **said: Any) -> dict[str, Any]:
    """Return what the API tells of one location, with some of it said."""
    return {
        "locationId": number,
        "providerId": "1-9001",
        "organisationType": "Location",
        "type": "Social Care Org",
        "name": f"Service {number}",
        "registrationStatus": "Registered",
        "registrationDate": "2015-04-01",
        "numberOfBeds": 12,
        "postalAddressLine1": "4 Mill Lane",
        "postalAddressTownCity": "Leeds",
        "postalAddressCounty": "West Yorkshire",
        "region": "Yorkshire and The Humber",
        "postalCode": "LS1 4AB",
        "mainPhoneNumber": "01632960001",
        "localAuthority": "Leeds",
        "lastInspection": {"date": "2025-02-01"},
        "gacServiceTypes": [
            {"name": "Care home service with nursing", "description": "Nursing homes"}
        ],
        "specialisms": [{"name": "Caring for adults over 65 yrs"}, {"name": "Dementia"}],
        "regulatedActivities": [
            {"name": "Personal care", "contacts": [{"personFamilyName": "Neverkept"}]}
        ],
        "relationships": [],
        "currentRatings": {
            "overall": {
                "rating": "Good",
                "reportDate": "2025-03-10",
                "keyQuestionRatings": [
                    {"name": name, "rating": "Good", "reportDate": "2025-03-10"}
                    for name in ("Safe", "Effective", "Caring", "Responsive", "Well-led")
                ],
            }
        },
        "historicRatings": [
            {
                "reportDate": "2021-06-01",
                "overall": {
                    "rating": "Requires improvement",
                    "keyQuestionRatings": [{"name": "Safe", "rating": "Inadequate"}],
                },
            }
        ],
        **said,
    }
