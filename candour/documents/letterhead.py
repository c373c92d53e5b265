"""What stands around the text of a letter: who writes, to whom, and whose name is under it."""

from dataclasses import dataclass

from candour.documents.content import MalformedContent
from candour.documents.plain import one_line, plain

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Signature:
    """A name under a letter. `note` is a line below it, such as when and how it was signed."""

    name: str
    post: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _tidy_lines(self, "name", "post", "note")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a letter carries beside its text, in the letter's language.

    `logo` is a PNG or a JPEG that was checked when it was taken in; `logo_alt` says what it shows
    and is the body's name when left empty. `addressee` fills the address window, first line first.
    `details` are lines of label and value, such as the date and the reference. `signatures` stand
    under the text in their order. `language` is set from the content where it differs.
    """

    body_name: str
    address_lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    web: str = ""
    logo: bytes | None = None
    logo_alt: str = ""
    footer: str = ""
    language: str = "en"
    addressee: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    signatures: tuple[Signature, ...] = ()

    def __post_init__(self) -> None:
        _tidy_lines(self, "body_name", "phone", "email", "web", "logo_alt")
        object.__setattr__(self, "footer", plain(self.footer).strip())
        for name in ("address_lines", "addressee"):
            lines = (one_line(line) for line in getattr(self, name))
            object.__setattr__(self, name, tuple(line for line in lines if line))
        details = tuple((one_line(label), one_line(value)) for label, value in self.details)
        object.__setattr__(self, "details", details)
        if self.logo is not None and not self.logo.startswith((PNG, JPEG)):
            raise MalformedContent("The logo of a letterhead is a PNG or a JPEG.")

    @property
    def contact_lines(self) -> tuple[str, ...]:
        """Return how to reach the body, as far as that is known."""
        return tuple(line for line in (self.phone, self.email, self.web) if line)


def _tidy_lines(holder: object, *names: str) -> None:
    for name in names:
        object.__setattr__(holder, name, one_line(getattr(holder, name)))
