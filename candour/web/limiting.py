"""How often strangers may ask for something, counted for each address and for the whole site."""

from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MINUTE: Final = 60


def too_often(request: HttpRequest, what: str, *, a_minute: int) -> bool:
    """Count one more request for something, and say whether that is more than a minute allows.

    The minute begins with the first request. Two that come at one instant may count as one.
    """
    key = f"often:{what}:{get_adapter().get_client_ip(request)}"
    if cache.add(key, 1, MINUTE):
        return False
    try:
        return cache.incr(key) > a_minute
    except ValueError:  # the minute has just ended
        return False
