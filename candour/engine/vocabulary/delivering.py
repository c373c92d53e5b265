"""Kinds for what becomes of something sent: it did not arrive, it was sent again, it was answered.

That a telling did not arrive takes back what it met (`candour.engine.deliveries`); sending it again
makes that good. A reply is kept as it came and meets nothing by itself: a person says what it is.
"""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import HOW_IT_WENT, fld, kind, opt

GROUP = "telling"
FAILED, AGAIN, RECEIVED = "delivery_failed", "sent_again", "message_received"

# The kinds by which a letter, notice or report leaves the building.
SENDING = (
    "referral_made",
    "contact_made",
    "meeting_called",
    "minutes_circulated",
    "plan_shared",
    "default_notice_issued",
    "recommendation_issued",
    "recommendation_forwarded",
    "information_requested",
    "report_published",
    "notice_sent",
    "report_made",
    "information_shared",
    "recall_sent",
    "care_plan_shared",
    "evaluation_made",
)
# These leave the building too, to people of the case rather than to those it is about.
ASKING = ("signatures_asked", "outsider_invited")

REASONS = (
    opt("refused", "The address does not take it", "Nid yw’r cyfeiriad yn ei dderbyn"),
    opt("returned", "It came back", "Daeth yn ôl"),
    opt("not_reached", "It could not be reached in time", "Ni ellid ei gyrraedd mewn pryd"),
    opt("wrong_address", "It went to a wrong address", "Aeth i gyfeiriad anghywir"),
)
SORTS = (
    opt("reply", "A reply from a person", "Ateb gan berson"),
    opt("automatic", "An automatic answer", "Ateb awtomatig"),
)

KINDS = (
    kind(
        FAILED,
        "Delivery failed",
        "Methodd y danfon",
        GROUP,
        fld("to", T.LINES, "Whom it did not reach", "Pwy na chyrhaeddodd", required=True),
        fld("why", T.CHOICE, "Why", "Pam", required=True, options=REASONS),
        fld("said", T.TEXT, "What was said", "Beth a ddywedwyd"),
        refers=(*SENDING, *ASKING, AGAIN),
        must_refer=True,
        after_closing=True,
        describes="Something sent did not arrive; what its sending had met is owed again.",
    ),
    kind(
        AGAIN,
        "Sent again",
        "Anfonwyd eto",
        GROUP,
        fld("to", T.LINES, "To whom", "I bwy", required=True),
        fld(
            "delivery",
            T.CHOICE,
            "How it went",
            "Sut yr aeth",
            required=True,
            options=HOW_IT_WENT,
        ),
        fld("address", T.LINE, "The address used", "Y cyfeiriad a ddefnyddiwyd"),
        fld("evidence", T.TEXT, "What shows that it went", "Yr hyn sy’n dangos iddo fynd"),
        refers=(FAILED,),
        must_refer=True,
        after_closing=True,
        describes="What did not arrive was sent once more, in whatever way.",
    ),
    kind(
        RECEIVED,
        "Message received",
        "Neges wedi dod i law",
        GROUP,
        fld("sender", T.LINE, "From", "Oddi wrth", required=True),
        fld("subject", T.LINE, "Subject", "Pwnc"),
        fld("text", T.TEXT, "What it says", "Yr hyn a ddywed"),
        fld("sort", T.CHOICE, "What sort", "Pa fath", required=True, options=SORTS),
        fld("attachments", T.LINES, "Attached", "Atodiadau"),
        fld("message", T.LINE, "Number of the message", "Rhif y neges", by_system=True),
        refers=(*SENDING, *ASKING),
        after_closing=True,
        describes="A message that came in about the case. It answers no duty by itself.",
    ),
)
