"""The people whose browsers a journey is walked with."""

from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Reader:
    """A screen and whether scripts run on it."""

    name: str
    width: int
    height: int
    scripts: bool = True


DESKTOP = Reader("desktop", 1280, 900)
PHONE = Reader("phone", 375, 740)
WITHOUT_SCRIPTS = Reader("without-scripts", 1280, 900, scripts=False)

_EVERYONE = [DESKTOP, PHONE, WITHOUT_SCRIPTS]

every_reader = pytest.mark.parametrize(
    "reader", _EVERYONE, indirect=True, ids=[reader.name for reader in _EVERYONE]
)
"""Walk a journey three times: at a desk, on a phone of 375 px, and with scripts off."""
