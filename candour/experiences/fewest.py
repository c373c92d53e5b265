"""From how many people on a number of them may be told."""

from typing import Final

FEWEST_TOLD: Final = 5
"""Of fewer people no number goes out, in a digest or of who is heard, nor what would give it."""
