"""A town with cases, and a browser for any of its people."""

from tests.web.conftest import signed_in, town

__all__ = ["signed_in", "town"]
