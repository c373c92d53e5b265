"""Finds what came in lately, and rounds of ratings that wait, without reading whole logs."""

from django.db import migrations, models
from django.db.models import Q

CAME_IN = (
    "concern_raised",
    "evidence_added",
    "feedback_received",
    "message_received",
    "response_received",
    "disagreement_raised",
    "enquiry_determined",
    "delivery_failed",
    "action_progressed",
    "action_completed",
    "record_signed",
    "document_signed",
    "document_filed",
)


class Migration(migrations.Migration):
    """Two indexes over a few kinds of entry."""

    dependencies = [("cases", "0012_words")]

    operations = [
        migrations.AddIndex(
            model_name="caseentry",
            index=models.Index(
                fields=["recorded_at"], name="case_entry_came", condition=Q(kind__in=CAME_IN)
            ),
        ),
        migrations.AddIndex(
            model_name="caseentry",
            index=models.Index(
                fields=["happened_at"],
                name="case_entry_rounds",
                condition=Q(kind="ratings_called"),
            ),
        ),
    ]
