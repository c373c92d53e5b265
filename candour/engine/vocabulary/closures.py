"""Kinds for the closure of a service and the moving of the people who live there."""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "closures"

KINDS = (
    kind(
        "closure_notified",
        "Closure notified",
        "Cau wedi’i hysbysu",
        GROUP,
        fld("closure", T.CHOICE, "Kind of closure", "Math o gau", required=True, options=(opt("immediate", "Immediate", "Ar unwaith"), opt("planned", "Planned", "Wedi’i gynllunio"), opt("providers_own", "The provider’s own decision", "Penderfyniad y darparwr"))),
        fld("contract_type", T.CHOICE, "Type of contract", "Math o gontract", options_list="contract_types"),
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
        fld("nursing_care", T.YES_NO, "Does the service give nursing care?", "A yw’n rhoi gofal nyrsio?", required=True),
        fld("endorsed_by", T.LINE, "Endorsed for nursing by", "Ardystiwyd ar ran nyrsio gan"),
        describes="The closure plan agreed by the senior officer, endorsed where there is nursing care.",
    ),
    kind(
        "relocation_planned",
        "Relocation planned",
        "Adleoli wedi’i gynllunio",
        GROUP,
        fld("resident", T.LINE, "Resident (a number, not a name)", "Preswylydd (rhif, nid enw)", required=True),
        fld("case_manager", T.LINE, "Case manager", "Rheolwr achos", required=True),
        fld("nurse_assessor", T.LINE, "Nurse assessor", "Asesydd nyrsio"),
        fld("advocate", T.LINE, "Advocate", "Eiriolwr"),
        fld("placing_authority", T.LINE, "Placing authority", "Awdurdod lleoli"),
        fld("self_funding", T.YES_NO, "Self-funding?", "Yn hunan-ariannu?"),
        fld("needs", T.TEXT, "Needs, capacity and risk of moving", "Anghenion, galluedd a risg symud", required=True),
        describes="One resident’s relocation: who is responsible and what is needed.",
    ),
    kind(
        "resident_moved",
        "Resident moved",
        "Preswylydd wedi symud",
        GROUP,
        fld("resident", T.LINE, "Resident (a number, not a name)", "Preswylydd (rhif, nid enw)", required=True),
        fld("plan_shared_with", T.LINE, "Care plan shared with", "Rhannwyd y cynllun gofal â"),
        fld("last", T.YES_NO, "Was this the last resident?", "Ai hwn oedd y preswylydd olaf?", required=True),
        refers=("relocation_planned",),
        describes="A resident has moved; the last move starts the evaluation clock.",
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
