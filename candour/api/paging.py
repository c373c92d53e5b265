"""What every list of the API is asked with."""

from http import HTTPStatus

from candour.api.faults import Refused

MOST = 100  # lines of one answer


def unknown_page() -> Refused:
    """Return the fault of a page that no answer gave out."""
    return Refused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "There is no such page",
        "“after” takes what an answer gave as “next”. Leave it out for the first page.",
    )
