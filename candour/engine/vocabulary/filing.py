"""The kind by which a document or a picture is filed in a case.

The file itself lies outside the log; the entry holds what proves which file it is. A person gives
the title and says what it supports; the rest is read from the file by the system.
"""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind

GROUP = "sharing"
FILED = "document_filed"
TITLE, HASH = "title", "sha256"
OF_THE_FILE = ("document", "media_type", "size", HASH, "place", "through")

KINDS = (
    kind(
        FILED,
        "Document filed",
        "Dogfen wedi’i ffeilio",
        GROUP,
        fld(TITLE, T.LINE, "Title", "Teitl", required=True),
        fld(
            "document",
            T.LINE,
            "Name of the file",
            "Enw’r ffeil",
            required=True,
            by_system=True,
        ),
        fld(
            "media_type",
            T.LINE,
            "Type, by its content",
            "Math, yn ôl ei gynnwys",
            required=True,
            by_system=True,
        ),
        fld("size", T.WHOLE, "Size in bytes", "Maint mewn beitiau", required=True, by_system=True),
        fld(
            HASH,
            T.LINE,
            "Hash of the file (SHA-256)",
            "Hash y ffeil (SHA-256)",
            required=True,
            by_system=True,
        ),
        fld(
            "place",
            T.YES_NO,
            "Does the picture say where it was taken?",
            "A yw’r llun yn dweud ble y’i tynnwyd?",
            by_system=True,
        ),
        fld(
            "through",
            T.LINE,
            "Who sent it in, from outside",
            "Pwy a’i hanfonodd, o’r tu allan",
            by_system=True,
        ),
        after_closing=True,
        describes="A document or picture kept with the case; it supports what it refers to.",
    ),
)
