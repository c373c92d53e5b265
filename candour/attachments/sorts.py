"""The sorts of file that are taken, by their media types: what they are called and end in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from candour.engine import Words


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of file.

    Attributes:
        media_type: as the file is stored and served.
        ending: what its name ends in when it is downloaded, without the dot.
        words: what people call it.
    """

    media_type: str
    ending: str
    words: Words

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return self.media_type.startswith("image/")


_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
PDF: Final = "application/pdf"
TEXT, TABLE = "text/plain", "text/csv"
JPEG, PNG, GIF = "image/jpeg", "image/png", "image/gif"
WEBP, TIFF = "image/webp", "image/tiff"

_WORD = Words("Word document", "Dogfen Word")
_SHEET = Words("Excel workbook", "Llyfr gwaith Excel")
_SLIDES = Words("PowerPoint presentation", "Cyflwyniad PowerPoint")
_PICTURE = Words("Picture", "Llun")

SORTS: Final[Mapping[str, Sort]] = MappingProxyType(
    {
        sort.media_type: sort
        for sort in (
            Sort(PDF, "pdf", Words("PDF", "PDF")),
            Sort(f"{_OFFICE}wordprocessingml.document", "docx", _WORD),
            Sort(f"{_OFFICE}spreadsheetml.sheet", "xlsx", _SHEET),
            Sort(f"{_OFFICE}presentationml.presentation", "pptx", _SLIDES),
            Sort(f"{_OPEN}text", "odt", Words("OpenDocument text", "Testun OpenDocument")),
            Sort(f"{_OPEN}spreadsheet", "ods", Words("OpenDocument sheet", "Taenlen OpenDocument")),
            Sort(
                f"{_OPEN}presentation",
                "odp",
                Words("OpenDocument presentation", "Cyflwyniad OpenDocument"),
            ),
            Sort(JPEG, "jpg", _PICTURE),
            Sort(PNG, "png", _PICTURE),
            Sort(GIF, "gif", _PICTURE),
            Sort(WEBP, "webp", _PICTURE),
            Sort(TIFF, "tif", _PICTURE),
            Sort(TEXT, "txt", Words("Plain text", "Testun plaen")),
            Sort(TABLE, "csv", Words("Table as text (CSV)", "Tabl fel testun (CSV)")),
        )
    }
)

# What a browser’s own file chooser is told to offer; what is taken is decided by content alone.
CHOOSABLE: Final = ",".join(
    [*SORTS, *(f".{sort.ending}" for sort in SORTS.values()), ".jpeg", ".tiff"]
)
