"""Kinds for the procedures that run beside a case, and for what comes of a referral to them."""

from candour.engine.fields import FieldType as T
from candour.engine.fields import Needed
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "alongside"

PROCESSES = (
    opt("safeguarding", "Safeguarding", "Diogelu"),
    opt("large_scale_enquiry", "Large-scale enquiry", "Ymholiad ar raddfa fawr"),
    opt("police", "Police", "Yr heddlu"),
    opt("regulator", "Regulator", "Rheoleiddiwr"),
    opt("contract", "Contract", "Contract"),
    opt("complaint", "Complaint", "Cwyn"),
    opt("employment", "Employer or professional body", "Cyflogwr neu gorff proffesiynol"),
)
SIGHT = (
    opt("nothing", "Nothing", "Dim"),
    opt("that_it_runs", "That it runs, and when", "Ei fod yn rhedeg, a phryd"),
    opt("outline", "An outline", "Amlinelliad"),
    opt("everything", "Everything", "Popeth"),
)
MAY_SEE = ("What the provider may see", "Yr hyn y caiff y darparwr ei weld")
CO_ORDINATOR = ("Its co-ordinator", "Ei gydlynydd")
NEXT_STEP = ("Its next step is on", "Mae ei gam nesaf ar")
STAGE = ("Stage it has reached", "Y cam a gyrhaeddodd")

KINDS = (
    kind(
        "process_started",
        "Process beside this case",
        "Proses ochr yn ochr â’r achos",
        GROUP,
        fld("process", T.CHOICE, "Process", "Proses", required=True, options=PROCESSES),
        fld("agency", T.LINE, "Who runs it", "Pwy sy’n ei rhedeg", required=True),
        fld("co_ordinator", T.LINE, *CO_ORDINATOR),
        fld("reference", T.LINE, "Their reference", "Eu cyfeirnod"),
        fld("stage", T.LINE, *STAGE),
        fld("next_step_on", T.DATE, *NEXT_STEP),
        fld("provider_may_see", T.CHOICE, *MAY_SEE, options=SIGHT),
        describes="Another procedure about the same matter: who runs it, and what the provider "
        "may see of it.",
    ),
    kind(
        "process_progressed",
        "Process beside this case: news",
        "Proses ochr yn ochr: newyddion",
        GROUP,
        fld("stage", T.LINE, *STAGE, required=True),
        fld("feedback", T.TEXT, "Feedback to the meeting", "Adborth i’r cyfarfod"),
        fld("co_ordinator", T.LINE, "Its new co-ordinator", "Ei gydlynydd newydd"),
        fld("next_step_on", T.DATE, *NEXT_STEP),
        fld("provider_may_see", T.CHOICE, *MAY_SEE, options=SIGHT),
        refers=("process_started",),
        must_refer=True,
        after_closing=True,
        describes="What a process beside this case has come to, and what may be told of it.",
    ),
    kind(
        "process_ended",
        "Process beside this case: ended",
        "Proses ochr yn ochr: wedi gorffen",
        GROUP,
        fld("outcome", T.TEXT, "What came of it", "Beth ddaeth ohoni", required=True),
        refers=("process_started",),
        must_refer=True,
        after_closing=True,
        describes="A process beside this case has ended.",
    ),
    kind(
        "enquiry_determined",
        "Safeguarding determination",
        "Dyfarniad diogelu",
        GROUP,
        fld(
            "determination",
            T.CHOICE,
            "Determination",
            "Dyfarniad",
            required=True,
            options=(
                opt("immediate_protection", "Immediate protection", "Amddiffyn ar unwaith"),
                opt(
                    "not_at_risk_may_have_needs",
                    "Not at risk, but may have needs",
                    "Nid mewn perygl, ond gall fod ag anghenion",
                ),
                opt(
                    "at_risk_action_needed",
                    "At risk, action needed",
                    "Mewn perygl, angen gweithredu",
                ),
                opt("no_further_action", "No further action", "Dim gweithredu pellach"),
            ),
        ),
        fld("made_by", T.LINE, "Determined by", "Dyfarnwyd gan", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm"),
        refers=("referral_made",),
        must_refer=True,
        after_closing=True,
        describes="What safeguarding determines about a referral.",
    ),
    kind(
        "outcome_judged",
        "Outcome of a referral judged",
        "Canlyniad atgyfeiriad wedi’i farnu",
        GROUP,
        fld("satisfied", T.YES_NO, "Is it satisfactory?", "A yw’n foddhaol?", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        fld(
            "put_to",
            T.CHOICE,
            "If not, to whom it is put next",
            "Os na, at bwy yr eir nesaf",
            options_list="rungs",
            needed_when=Needed("satisfied", (False,)),
        ),
        refers=("referral_made", "enquiry_determined", "process_ended", "decision_made"),
        must_refer=True,
        after_closing=True,
        describes="Whether what came of a referral is good enough, and where it goes if not.",
    ),
    kind(
        "case_linked",
        "Case linked",
        "Achos wedi’i gysylltu",
        GROUP,
        fld(
            "case", T.LINE, "Reference of the other case", "Cyfeirnod yr achos arall", required=True
        ),
        fld(
            "relation",
            T.CHOICE,
            "What they have in common",
            "Yr hyn sydd ganddynt yn gyffredin",
            required=True,
            options=(
                opt("same_service", "The same service", "Yr un gwasanaeth"),
                opt("same_provider", "The same provider", "Yr un darparwr"),
                opt("same_matter", "The same matter", "Yr un mater"),
            ),
        ),
        fld("why", T.TEXT, "Why they belong together", "Pam y maent yn perthyn"),
        after_closing=True,
        describes="Another case on this site that belongs beside this one, by its reference.",
    ),
)
