"""Pictures made for a test."""

from io import BytesIO

from PIL import Image


def picture(
    kind: str = "PNG", *, size: tuple[int, int] = (300, 100), colour: str = "#12436d"
) -> bytes:
    """A plain picture of this kind and size."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()
