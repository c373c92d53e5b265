"""Evidence of how a letter was delivered: a file that is what it says it is, or words."""

from dataclasses import dataclass

LARGEST = 10 * 1024 * 1024  # bytes
SHORTEST_WORDS = 5
PDF, PNG, JPEG = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
KINDS = ((PDF, "application/pdf", "pdf"), (PNG, "image/png", "png"), (JPEG, "image/jpeg", "jpg"))


class NotEvidence(ValueError):
    """What was sent cannot be kept as evidence; the message says what to do."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of one of the kinds that are kept, named by what it is."""

    name: str
    type: str
    content: bytes


def evidence_file(content: bytes) -> EvidenceFile:
    """Return a file that was sent, once its first bytes say what it is.

    Raises:
        NotEvidence: it is empty, too large, or no PDF, PNG or JPEG.
    """
    if not content:
        raise NotEvidence("The file is empty. Choose it again, or say in words how it went.")
    if len(content) > LARGEST:
        raise NotEvidence(
            f"The file is larger than {LARGEST // 1024 // 1024} MB. Send a smaller scan."
        )
    for begins, mime, ending in KINDS:
        if content.startswith(begins):
            return EvidenceFile(f"evidence.{ending}", mime, content)
    raise NotEvidence("The file is no PDF, PNG or JPEG. Save it as one of these, and send that.")
