"""Things that people told a body, written to the database."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.models import Experience, Import

TAKEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FIRST_DAY = date(2026, 1, 5)
USUAL: dict[str, object] = {
    "service_name": "Plas Derwen",
    "organisation": "Derwen Care",
    "sentiment": 4,
    "rating": "poor",
    "themes": ["Care plans"],
    "language": "en",
    "source": "nhs-fft",
}


def tell(body: Body, answers: Sequence[str], **same: object) -> list[Experience]:
    """Return new experiences of a body, one for each answer, each received a day later."""
    with acting_for([body.pk]):
        begun = Experience.objects.count()
        batch = _batch(body, len(answers))
        return [
            Experience.objects.create(
                body=body,
                batch=batch,
                answer=answer,
                **{
                    "source_ref": f"{body.slug}-{begun + place}",
                    "received_on": FIRST_DAY + timedelta(days=begun + place),
                    "created_at": TAKEN,
                    **USUAL,
                    **same,
                },
            )
            for place, answer in enumerate(answers)
        ]


def tell_many(body: Body, count: int) -> None:
    """Give a body many experiences that differ in service, feeling and theme."""
    with acting_for([body.pk]):
        batch = _batch(body, count)
        Experience.objects.bulk_create(
            [
                Experience(
                    body=body,
                    batch=batch,
                    source="nhs-fft",
                    source_ref=f"many-{place}",
                    received_on=FIRST_DAY + timedelta(days=place % 700),
                    created_at=TAKEN,
                    answer=f"The night staff were kind but slow, number {place}",
                    service_name=f"Ward {place % 40}",
                    sentiment=place % 5 + 1,
                    rating=("good", "poor", "very good")[place % 3],
                    themes=[("Parking", "Care plans", "Discharge")[place % 3]],
                    language="en",
                )
                for place in range(count)
            ],
            batch_size=5_000,
        )


def _batch(body: Body, taken: int) -> Import:
    return Import.objects.create(
        body=body,
        file_name="winter.csv",
        sha256="0" * 64,
        mapping="nhs-fft",
        imported_at=TAKEN,
        rows_read=taken,
        taken=taken,
        already_there=0,
        duplicates=0,
        skipped=0,
        report={},
    )
