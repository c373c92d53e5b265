"""Watches a page for what no journey may meet, whatever else it looks at."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

# The browser's own: a PDF in a page is shown by a viewer that comes with it.
_WITHIN = {"data", "about", "blob", "chrome", "chrome-extension"}
_EXPECTED_REFUSALS = {401, 403, 404, 409, 422, 429}


class Watcher:
    """Collects errors on the console, broken files, failed pages and calls to other sites.

    Attributes:
        faults: one line for each, empty while all is well.
    """

    def __init__(self, page: Page, own_site: str) -> None:
        self.faults: list[str] = []
        self._own = urlsplit(own_site).netloc
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script failed: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A refused page is reported here as well as in `_response`, which knows what it was.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in _WITHIN and address.netloc != self._own:
            self.faults.append(f"call to another site: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status < 400:
            return
        may_refuse = response.request.resource_type in {"document", "fetch", "xhr"}
        if not (may_refuse and response.status in _EXPECTED_REFUSALS):
            self.faults.append(f"{response.status} for {response.url}")
