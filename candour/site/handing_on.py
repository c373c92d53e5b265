"""How many servers of one's own stand between visitors and the site."""

from candour.site.trouble import SiteTrouble

MOST = 10


def servers_in_front(said: str) -> int:
    """Return how many servers hand requests on, as ``CANDOUR_PROXIES`` says; none when it is empty.

    Raises:
        SiteTrouble: it is no number, or far too many.
    """
    text = said.strip() or "0"
    if text.isascii() and text.isdigit() and int(text) <= MOST:
        return int(text)
    raise SiteTrouble(
        f"CANDOUR_PROXIES is “{said}”, which is no number of servers. Set it to how many servers "
        "of your own hand requests on to Candour, mostly 1; leave it out where there is none "
        "(docs/telling.md)."
    )
