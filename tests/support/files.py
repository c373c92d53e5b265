"""Files as people send them, and files that mean harm, each as small as shows the point."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n"
WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
SHEET = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
OPEN_TEXT = {
    "mimetype": b"application/vnd.oasis.opendocument.text",
    "content.xml": b"<office/>",
}
ORIENTATION, GPS = 0x0112, 0x8825
CAMERA = 0x010F
HARLECH = {1: "N", 2: (52.0, 51.0, 36.0), 3: "W", 4: (4.0, 6.0, 34.0)}


def packed(parts: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    """Return a packed folder with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in parts.items():
            folder.writestr(name, content)
        folder.comment = comment
    return made.getvalue()


def picture(sort: str = "JPEG", *, place: bool = False, way: int = 1, size: int = 32) -> bytes:
    """Return a picture, perhaps one that says where it was taken and which way up it is."""
    notes = Image.Exif()
    if place:
        notes[GPS] = HARLECH
        notes[CAMERA] = "Harlech Cameras"
    if way != 1:
        notes[ORIENTATION] = way
    made = io.BytesIO()
    drawn = Image.linear_gradient("L").resize((size, size * 2)).convert("RGB")
    drawn.save(made, sort, exif=notes.tobytes() if len(notes) else b"")
    return made.getvalue()


def pdf_saying(*pages: str) -> bytes:
    """Return a PDF with these words, one text on each page."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, said in zip(numbers, pages, strict=True):
        drawn = f"BT /F1 12 Tf 72 720 Td ({said}) Tj ET"
        parts += [
            f"<< /Type /Page /Parent 2 0 R /Contents {number + 1} 0 R "
            "/MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    body, places = "%PDF-1.7\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Root 1 0 R /Size {len(parts) + 1} >>\n"
    return f"{body}{end}{trailer}startxref\n{len(body)}\n%%EOF\n".encode("latin-1")


def word_saying(*lines: str) -> bytes:
    """Return a Word document with these lines."""
    said = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    document = f'<w:document xmlns:w="urn:w"><w:body>{said}</w:body></w:document>'
    return packed({**WORD, "word/document.xml": document.encode()})


def lying_folder() -> bytes:
    """Return a Word document of which one part unpacks to far more than it says."""
    inside = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = inside.compress(bytes(50_000_000)) + inside.flush()
    honest = packed({**WORD, "word/media/a.bin": b"x"})
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(honest)) as folder, zipfile.ZipFile(made, "w") as written:
        for part in folder.infolist():
            written.writestr(part.filename, folder.read(part))
        swelling = zipfile.ZipInfo("word/media/b.bin")
        swelling.compress_type = zipfile.ZIP_DEFLATED
        at = made.tell()
        made.write(_local_header(swelling.filename.encode(), content, 10))
        swelling.header_offset = at
        swelling.compress_size, swelling.file_size, swelling.CRC = len(content), 10, 0
        written.filelist.append(swelling)
        written.start_dir = made.tell()
        written._didModify = True  # type: ignore[attr-defined]  # so that it writes its end anew
    return made.getvalue()


def _local_header(name: bytes, content: bytes, says: int) -> bytes:
    fields = (b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(content), says, len(name), 0)
    return struct.pack("<4s5H3L2H", *fields) + name + content
