"""How often strangers may ask for something, counted for each address and for the whole site.

No address is ever kept. What is counted under is a keyed hash with the day in it, so that nobody
who reads the counts learns who came, or that the same person came on two days. A network of IPv6
that one household has (/64) counts as one address.
"""

import hmac
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from candour.site import clock

MINUTE: Final = 60
HOUSEHOLD: Final = 64  # bits of an address of IPv6 that one household has


def too_often(request: HttpRequest, what: str, *, a_minute: int) -> bool:
    """Count one more request for something, and say whether that is more than a minute allows.

    The minute begins with the first request. Two that come at one instant may count as one.
    """
    key = f"often:{what}:{whence(request)}"
    if cache.add(key, 1, MINUTE):
        return False
    try:
        return cache.incr(key) > a_minute
    except ValueError:  # the minute has just ended
        return False


def whence(request: HttpRequest) -> str:
    """Return what stands today for where a request came from."""
    network = _network(request)
    named = f"{clock.now():%Y-%m-%d} {network}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), b"whence " + named, "sha256").hex()[:32]


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
    except (PermissionDenied, ValueError):
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    bits = HOUSEHOLD if isinstance(address, IPv6Address) else 32
    return ip_network(f"{address}/{bits}", strict=False)
