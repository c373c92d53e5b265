"""Kinds for the closure of a service: the decision, its checklist, and what ends it.

What is recorded about each resident stands in `relocations`.
"""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "closures"

KINDS = (
    kind(
        "closure_notified",
        "Closure notified",
        "Cau wedi’i hysbysu",
        GROUP,
        fld(
            "closure",
            T.CHOICE,
            "Kind of closure",
            "Math o gau",
            required=True,
            options=(
                opt("immediate", "Immediate", "Ar unwaith"),
                opt("planned", "Planned", "Wedi’i gynllunio"),
                opt("providers_own", "The provider’s own decision", "Penderfyniad y darparwr"),
            ),
        ),
        fld(
            "contract_type",
            T.CHOICE,
            "Type of contract",
            "Math o gontract",
            options_list="contract_types",
        ),
        fld("closes_on", T.DATE, "Closes on", "Yn cau ar"),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        describes="A service is to close, immediately or by plan.",
    ),
    kind(
        "closure_plan_agreed",
        "Closure plan agreed",
        "Cynllun cau wedi’i gytuno",
        GROUP,
        fld("agreed_by_role", T.ROLE, "Agreed by", "Cytunwyd gan", required=True),
        fld(
            "nursing_care",
            T.YES_NO,
            "Does the service give nursing care?",
            "A yw’n rhoi gofal nyrsio?",
            required=True,
        ),
        fld("endorsed_by", T.LINE, "Endorsed for nursing by", "Ardystiwyd ar ran nyrsio gan"),
        describes="The closure plan agreed, and endorsed where there is nursing care.",
    ),
    kind(
        "question_given",
        "Question given to somebody",
        "Cwestiwn wedi’i roi i rywun",
        GROUP,
        fld(
            "checklist",
            T.CHOICE,
            "Checklist",
            "Rhestr wirio",
            required=True,
            options_list="checklists",
        ),
        fld(
            "items",
            T.CHOICES,
            "Which questions",
            "Pa gwestiynau",
            required=True,
            options_list="checklist_items",
        ),
        fld("owner", T.LINE, "Who answers it", "Pwy sy’n ei ateb", required=True),
        fld("due_on", T.DATE, "By when", "Erbyn pryd", required=True),
        describes="A question of a checklist has an owner and a time.",
    ),
    kind(
        "staff_deployed",
        "Council staff deployed",
        "Staff y cyngor wedi’u hanfon",
        GROUP,
        fld("decided_by_role", T.ROLE, "Decided by", "Penderfynwyd gan", required=True),
        fld("until", T.DATE, "Until", "Tan", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        describes="The council’s own staff work in the service for a limited time.",
    ),
    kind(
        "evaluation_made",
        "Evaluation made",
        "Gwerthusiad wedi’i wneud",
        GROUP,
        fld("lessons", T.TEXT, "Lessons", "Gwersi", required=True),
        fld("sent_to", T.LINES, "Report sent to", "Anfonwyd yr adroddiad at", required=True),
        after_closing=True,
        describes="The whole closure evaluated, with lessons, and reported.",
    ),
)
