"""Kinds by which a case begins and its facts come in."""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "concerns"

KINDS = (
    kind(
        "case_opened",
        "Case opened",
        "Achos wedi’i agor",
        GROUP,
        fld("title", T.LINE, "Title", "Teitl", required=True),
        fld(
            "service", T.LINE, "Service or organisation", "Gwasanaeth neu sefydliad", required=True
        ),
        fld("lead_agency", T.LINE, "Lead agency", "Asiantaeth arweiniol"),
        fld("summary", T.TEXT, "What is the matter", "Beth sy’n bod"),
        describes="The first entry of every case, with the answers to the opening questions.",
    ),
    kind(
        "concern_raised",
        "Concern raised",
        "Pryder wedi’i godi",
        GROUP,
        fld("about", T.CHOICES, "What it is about", "Am beth y mae", options_list="concern_about"),
        fld("criteria", T.CHOICES, "Criteria it meets", "Meini prawf", options_list="criteria"),
        fld("results", T.CHOICES, "What results from it", "Canlyniad", options_list="results"),
        fld("route", T.CHOICE, "How it came in", "Sut y daeth i law", options_list="routes"),
        fld(
            "seriousness",
            T.CHOICE,
            "How serious",
            "Pa mor ddifrifol",
            required=True,
            options=(
                opt("low", "Low", "Isel"),
                opt("significant", "Significant", "Sylweddol"),
                opt("serious_risk_of_harm", "Serious risk of harm", "Risg difrifol o niwed"),
            ),
        ),
        fld("what_happened", T.TEXT, "What happened", "Beth ddigwyddodd", required=True),
        describes="A concern, with its route in, what it is about and how serious it is.",
    ),
    kind(
        "experience_linked",
        "Experiences linked",
        "Profiadau wedi’u cysylltu",
        GROUP,
        fld("experiences", T.LINES, "Experiences", "Profiadau", required=True),
        fld("why", T.TEXT, "Why they belong here", "Pam y maent yn perthyn yma"),
        describes="People’s experiences that this case rests on, by their numbers, never by name.",
    ),
    kind(
        "referral_made",
        "Referral made",
        "Atgyfeiriad wedi’i wneud",
        GROUP,
        fld(
            "referral", T.CHOICE, "Referral", "Atgyfeiriad", required=True, options_list="referrals"
        ),
        fld("to", T.LINE, "Referred to", "Atgyfeiriwyd at", required=True),
        fld("form", T.LINE, "Form used", "Ffurflen a ddefnyddiwyd"),
        fld("received_on", T.DATE, "They received it on", "Daeth i law ar"),
        fld("reason", T.TEXT, "Reason", "Rheswm"),
        after_closing=True,
        describes="A referral to safeguarding, police, scrutiny, a regulator or another route.",
    ),
    kind(
        "contact_made",
        "Contact made",
        "Cyswllt wedi’i wneud",
        GROUP,
        fld(
            "purpose", T.CHOICE, "Purpose", "Diben", required=True, options_list="contact_purposes"
        ),
        fld("with_whom", T.LINE, "With whom", "Gyda phwy", required=True),
        fld("channel", T.LINE, "How (phone, email, in person)", "Sut"),
        fld("notes", T.TEXT, "What was said", "Yr hyn a ddywedwyd"),
        after_closing=True,
        describes="A conversation outside the formal meetings: a briefing, advice sought.",
    ),
    kind(
        "view_sought",
        "View sought",
        "Barn wedi’i cheisio",
        GROUP,
        fld("from_whom", T.LINE, "From whom", "Gan bwy", required=True),
        fld("view", T.TEXT, "What they say", "Yr hyn a ddywedant"),
        describes="Another professional, customer, commissioner or regulator asked for their view.",
    ),
    kind(
        "evidence_added",
        "Evidence added",
        "Tystiolaeth wedi’i hychwanegu",
        GROUP,
        fld(
            "evidence", T.CHOICE, "Kind of evidence", "Math o dystiolaeth", options_list="evidence"
        ),
        fld("from_whom", T.LINE, "From whom", "Gan bwy", required=True),
        fld("dated", T.YES_NO, "Is it dated?", "A yw wedi’i ddyddio?"),
        fld("signed", T.YES_NO, "Is it signed?", "A yw wedi’i lofnodi?"),
        fld("serious", T.YES_NO, "Serious new evidence?", "Tystiolaeth newydd ddifrifol?"),
        fld("what_it_shows", T.TEXT, "What it shows", "Yr hyn y mae’n ei ddangos", required=True),
        describes="Evidence: by whom, in what form, whether dated and signed, and what it shows.",
    ),
    kind(
        "visit_made",
        "Visit made",
        "Ymweliad wedi’i wneud",
        GROUP,
        fld("visit", T.CHOICE, "Kind of visit", "Math o ymweliad", options_list="visits"),
        fld("announced", T.YES_NO, "Announced?", "Wedi’i gyhoeddi?"),
        fld("visitors", T.LINES, "Who visited", "Pwy a ymwelodd", required=True),
        fld("findings", T.TEXT, "Findings", "Canfyddiadau", required=True),
        refers=("visit_planned",),
        describes="A monitoring visit, an Enter & View visit or another visit, with its findings.",
    ),
    kind(
        "feedback_received",
        "Feedback received",
        "Adborth wedi dod i law",
        GROUP,
        fld(
            "from_role",
            T.LINE,
            "Professional’s role",
            "Rôl y gweithiwr proffesiynol",
            required=True,
        ),
        fld("positive", T.TEXT, "Good practice seen", "Arfer da a welwyd"),
        fld("concerns", T.TEXT, "Concerns seen", "Pryderon a welwyd"),
        describes="A visiting professional’s feedback, good or bad.",
    ),
    kind(
        "correction_made",
        "Correction made",
        "Cywiriad wedi’i wneud",
        GROUP,
        fld("why", T.TEXT, "Why it is corrected", "Pam y mae’n cael ei gywiro", required=True),
        fld("withdraws", T.YES_NO, "Was it entered in error?", "Wedi’i gofnodi drwy gamgymeriad?"),
        fld("happened_at", T.MOMENT, "Right date and time", "Dyddiad ac amser cywir"),
        fld("changes", T.CHANGES, "Right values", "Gwerthoedd cywir"),
        must_refer=True,
        after_closing=True,
        describes="Puts an earlier entry right, or withdraws it; that entry stays in the log.",
    ),
)
