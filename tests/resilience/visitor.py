"""Somebody at a browser who, when no answer comes, sends the same form again."""

import http.client
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from threading import Thread
from urllib.parse import urlencode
from uuid import uuid4

PATIENCE = 60.0  # seconds for which a form is sent again and again
FOUND = 302
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
TYPED = re.compile(r'name="(entry-when-\w+)"[^>]* value="([^"]*)"')


@dataclass
class Visitor:
    """One person's browser: its cookies, and how often it had to send something again.

    Attributes:
        lost: how many requests ended without an answer, or with one that the site was in trouble.
    """

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    lost: int = 0

    def sign_in(self, name: str, password: str) -> None:
        """Sign in; fail when the site does not let the person in."""
        page = self.get("/sign-in/")
        form = _hidden(page) | {"login": name, "password": password}
        status, _, answer = self.ask("POST", "/sign-in/", form)
        assert status == FOUND, f"{name} could not sign in: {status} {answer[:2000]}"

    def get(self, path: str) -> str:
        """Return a page, asking until the site gives it."""
        status, _, page = self.persist("GET", path)
        assert status == 200, f"{path}: {status}"
        return page

    def note(self, ref: str, words: str) -> str:
        """Record in a case that somebody was spoken to, and return the key it was sent under.

        Returns only when the site said that it is recorded.
        """
        path = f"/cases/{ref}/record/contact_made/"
        page = self.get(path)
        form = _hidden(page) | dict(TYPED.findall(page))
        form |= {"purpose": "other", "with_whom": "The home", "notes": words, "entry-post": "1"}
        status, place, answer = self.persist("POST", path, form)
        assert status == FOUND, f"{path}: {status} {answer[:2000]}"
        assert form["key"] in place
        return form["key"]

    def persist(
        self, method: str, path: str, form: Mapping[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Ask, and ask the same again for as long as the site cannot answer."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                status, place, page = self.ask(method, path, form)
            except (OSError, http.client.HTTPException):
                status, place, page = 503, "", "no answer"
            if status < 500:
                return status, place, page
            assert time.monotonic() < deadline, f"{path}: no answer for {PATIENCE:.0f} seconds"
            self.lost += 1
            time.sleep(0.1)

    def ask(
        self, method: str, path: str, form: Mapping[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Ask once: return the status, where it sends on to, and the page."""
        site = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Cookie": "; ".join(f"{name}={v}" for name, v in self.cookies.items())}
            if form is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            site.request(method, path, urlencode(form) if form is not None else None, headers)
            answer = site.getresponse()
            page = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: each.value for name, each in SimpleCookie(line).items()}
            return answer.status, answer.headers.get("Location", ""), page
        finally:
            site.close()


def _hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of the page's last form."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


class Clerk(Thread):
    """Somebody who writes in one case without a pause, until told to stop.

    Attributes:
        recorded: the keys of what the site said it had recorded, in order.
        trouble: what went wrong for good, or None.
    """

    def __init__(self, visitor: Visitor, ref: str) -> None:
        super().__init__(daemon=True, name=str(uuid4()))
        self.visitor, self.ref = visitor, ref
        self.recorded: list[str] = []
        self.trouble: BaseException | None = None
        self._stop_asked = False

    def words(self, number: int) -> str:
        """Return what the clerk writes, never the same twice."""
        return f"{self.name}: call {number}"

    def run(self) -> None:
        """Write until told to stop."""
        try:
            while not self._stop_asked:
                words = self.words(len(self.recorded))
                self.recorded.append(self.visitor.note(self.ref, words))
        except BaseException as trouble:  # noqa: BLE001  # told by `finish`, in the test's own thread
            self.trouble = trouble

    def finish(self) -> None:
        """Let the clerk finish the form in hand; fail if something went wrong for good."""
        self._stop_asked = True
        self.join(PATIENCE + 10)
        assert not self.is_alive()
        if self.trouble is not None:
            raise self.trouble


def all_write(clerks: list[Clerk], more: int) -> Callable[[], bool]:
    """Return a question: has every clerk recorded this many more, or come to grief?"""
    goals = [len(clerk.recorded) + more for clerk in clerks]

    def have() -> bool:
        return any(clerk.trouble for clerk in clerks) or all(
            len(clerk.recorded) >= goal for clerk, goal in zip(clerks, goals, strict=True)
        )

    return have
