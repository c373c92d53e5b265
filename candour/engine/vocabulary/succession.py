"""The kind by which a case goes on under another procedure, or is led by another body."""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind

CHANGED = "procedure_changed"

KINDS = (
    kind(
        CHANGED,
        "Procedure changed",
        "Gweithdrefn wedi’i newid",
        "meetings",
        fld(
            "from_procedure", T.LINE, "Procedure until then", "Gweithdrefn hyd hynny", required=True
        ),
        fld("from_version", T.LINE, "Its version", "Ei fersiwn", required=True),
        fld("procedure", T.LINE, "New procedure", "Gweithdrefn newydd", required=True),
        fld("version", T.LINE, "Version", "Fersiwn", required=True),
        fld("goes_on_at", T.LINE, "Step where it goes on", "Cam lle mae’n parhau"),
        fld("to_body", T.LINE, "Body that leads it from then on", "Corff sy’n arwain wedyn"),
        fld("to_body_number", T.WHOLE, "Number of that body", "Rhif y corff hwnnw"),
        fld(
            "former_body_sees",
            T.YES_NO,
            "Does the former body still see the case?",
            "A yw’r corff blaenorol yn dal i weld yr achos?",
        ),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        describes="The case goes on under another procedure or version, or is led by another body.",
    ),
)
