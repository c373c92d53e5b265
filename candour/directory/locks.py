"""The lock under which the directory changes: one file, one settled name at a time."""

from typing import Final

ONE_AT_A_TIME: Final = 4_906_001
