"""How often strangers may ask for something, counted for each address and for the whole site.

No address is ever kept. What is counted under is a keyed hash with a salt that is made anew each
day and then gone, so that nobody who reads the counts learns who came, or that the same person came
on two days. A network of IPv6 that one household has (/64) counts as one address.
"""

import hmac
import logging
import time
from functools import cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from candour.site import clock
from candour.telling.counts import Counts
from candour.web.shared_counts import shared_counts

HOUSEHOLD: Final = 64  # bits of an address of IPv6 that one household has
HANDED_ON: Final = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")
_log = logging.getLogger(__name__)


def counts() -> Counts:
    """Return where it is counted: together with the other web processes."""
    return shared_counts()


def too_often(request: HttpRequest, what: str, *, a_minute: int) -> bool:
    """Count one more request for something, and say whether that is more than a minute allows.

    The minute begins with the first request. No query is asked.
    """
    return not counts().count(f"{what} {whence(request)}", time.monotonic(), a_minute)


def whence(request: HttpRequest) -> str:
    """Return what stands today for where a request came from."""
    network = _network(request)
    salt = counts().salt(clock.now().date())
    named = b"whence " + salt + str(network).encode()
    return hmac.digest(settings.SECRET_KEY.encode(), named, "sha256").hex()[:32]


def sender(request: HttpRequest) -> str:
    """Return what stands today for who sent a request; empty where its address does not say.

    From this machine or a private network, requests come through a server that hands them on, and
    its address is the same for everybody (`CANDOUR_PROXIES` says how many servers to look past).
    """
    network = _network(request)
    if network is None or network.is_private or network.is_loopback or network.is_link_local:
        return ""
    return whence(request)


def _network(request: HttpRequest) -> IPv4Network | IPv6Network | None:
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except ImproperlyConfigured:  # fewer servers handed it on than were said to
        warn_of_too_many(settings.ALLAUTH_TRUSTED_PROXY_COUNT)
        return None
    except (PermissionDenied, ValueError):
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_private and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        for header in HANDED_ON:
            if header in request.headers:
                warn_of_none(header)
    bits = HOUSEHOLD if isinstance(address, IPv6Address) else 32
    return ip_network(f"{address}/{bits}", strict=False)


@cache
def warn_of_none(header: str) -> None:
    """Say, once in a process, that a server hands requests on and nobody has said so."""
    _log.warning(
        "A request came through a server of your own (it has the header %s), but CANDOUR_PROXIES "
        "is not set: every visitor looks like that server, so nobody is limited by where they come "
        "from. Set CANDOUR_PROXIES to how many servers hand requests on, mostly 1, and start again "
        "(docs/telling.md).",
        header,
    )


@cache
def warn_of_too_many(said: int) -> None:
    """Say, once in a process, that fewer servers hand requests on than were said to."""
    _log.warning(
        "CANDOUR_PROXIES is %s, but a request came that fewer servers handed on: nobody is limited "
        "by where they come from. Count the servers of your own between visitors and Candour, and "
        "set CANDOUR_PROXIES to that (docs/telling.md).",
        said,
    )
