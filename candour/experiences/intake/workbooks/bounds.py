"""How much of a workbook is read at most; beyond it the file is refused, and told why."""

from typing import Final

MEGABYTE: Final = 1_000_000
MOST_PARTS: Final = 5_000  # files within the packed folder
MOST_UNPACKED: Final = 1_500 * MEGABYTE  # bytes of any one of them
MOST_SHARED: Final = 300 * MEGABYTE  # letters of the texts that an XLSX keeps apart
MOST_FLAT: Final = 1_500 * MEGABYTE  # bytes of a sheet written out as text
MOST_ROWS: Final = 1_048_576  # what a sheet can have in any program we know
MOST_COLUMNS: Final = 1_000
MOST_MERGED: Final = 200_000
MOST_SHEETS: Final = 1_000
LONGEST_CELL: Final = 60_000  # letters; the rest is cut off, and the row then found too long
PIECE: Final = 128 * 1024
