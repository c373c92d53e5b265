"""One case: its file, its standing, its entries, what it rests on."""

from typing import cast

from candour.bodies.models import Body, Service
from candour.cases import log, standings
from candour.cases.log import Head
from candour.cases.models import Case, CaseExperience
from candour.database.together import Together
from candour.engine import Entry, Standing

BY_REF = Together(
    """
    SELECT {columns} FROM case_file AS file
    JOIN bodies_body AS body ON body.id = file.body_id
    LEFT JOIN bodies_service AS service ON service.id = file.service_id
    LEFT JOIN bodies_body AS provider ON provider.id = service.provider_id
    WHERE file.ref = %s
    """,
    file=Case,
    body=Body,
    service=Service,
    provider=Body,
)


def case_by_ref(ref: str) -> Case | None:
    """Return the case of this number with its body and service in one query, or None.

    The number is taken as people type it: in capitals or not, with spaces around it.
    """
    if not ref.isprintable():
        return None  # PostgreSQL takes no NUL, and no case is called anything of the kind
    for row in BY_REF.rows([ref.strip().upper()]):
        case, service = cast("Case", row["file"]), cast("Service | None", row["service"])
        case.body = cast("Body", row["body"])
        case.service = service
        if service is not None:
            service.provider = cast("Body", row["provider"])
        return case
    return None


def head(case_id: int) -> Head:
    """Return where the log of a case ends, without waiting for anybody. One query.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    return log.head_of(case_id)


def standing(case: int | Case) -> Standing:
    """Return what the log of a case comes to.

    One query for a case's id and none for a `Case` just read, when its standing is kept from
    before; one more to fold what was added since.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    return standings.standing_at(Head.of(case) if isinstance(case, Case) else log.head_of(case))


def entries(case: int | Case) -> tuple[Entry, ...]:
    """Return the entries of a case in order of recording, as they were recorded.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    return standing(case).recorded


def linked_experiences(case_id: int) -> list[int]:
    """Return the numbers of the experiences that a case rests on, in order of linking."""
    found = CaseExperience.objects.filter(case_id=case_id).order_by("id")
    return list(found.values_list("experience_id", flat=True))
