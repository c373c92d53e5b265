"""Kinds for documents that are fixed and then signed by one or several, in order.

A document is asked to be signed (`signatures_asked`). Each signature is an entry of its own:
`record_signed` for a record that a procedure names, `document_signed` for anything else. While
`awaits` names somebody, others have still to sign, and no rule of a procedure takes the entry for
the signed record (`Kind.unfinished_while`). Whatever ends a request otherwise is `signing_ended`.
"""

from candour.engine.fields import Field
from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "telling"
ASKED, ENDED = "signatures_asked", "signing_ended"
SIGNED, DOCUMENT = "record_signed", "document_signed"
AWAITS, SEAL = "awaits", "document"

HOWS = (
    opt("signed_in", "Signed in, by typed name", "Wedi mewngofnodi, drwy deipio enw"),
    opt("link", "By one-time link, by typed name", "Drwy ddolen untro, drwy deipio enw"),
)

# What the system adds to a signature that was given here; one given on paper has none of it.
SIGNATURE: tuple[Field, ...] = (
    fld(SEAL, T.LINE, "Seal of the document", "Sêl y ddogfen", by_system=True),
    fld("place", T.WHOLE, "Place in the order of signing", "Lle yn y drefn", by_system=True),
    fld("how", T.CHOICE, "How it was signed", "Sut y’i llofnodwyd", options=HOWS, by_system=True),
    fld("intent", T.TEXT, "Said on signing", "Dywedwyd wrth lofnodi", by_system=True),
    fld(AWAITS, T.LINES, "Still to sign", "Eto i lofnodi", by_system=True),
)

KINDS = (
    kind(
        ASKED,
        "Signatures asked for",
        "Gofynnwyd am lofnodion",
        GROUP,
        fld("title", T.LINE, "What is to be signed", "Beth sydd i’w lofnodi", required=True),
        fld(SEAL, T.LINE, "Seal of the document", "Sêl y ddogfen", required=True),
        fld("signatories", T.LINES, "Who signs, in order", "Pwy sy’n llofnodi", required=True),
        after_closing=True,
        fixed=True,
        describes="A document was fixed as it stands, and those named asked to sign it in order.",
    ),
    kind(
        DOCUMENT,
        "Document signed",
        "Dogfen wedi’i llofnodi",
        GROUP,
        fld("title", T.LINE, "What was signed", "Beth a lofnodwyd", required=True),
        fld("signed_by", T.LINES, "Signed by", "Llofnodwyd gan", required=True),
        *SIGNATURE,
        refers=(ASKED,),
        must_refer=True,
        after_closing=True,
        fixed=True,
        unfinished_while=AWAITS,
        describes="A letter or other document signed that is no record named by the procedure.",
    ),
    kind(
        ENDED,
        "Signing ended",
        "Daeth y llofnodi i ben",
        GROUP,
        fld(
            "outcome",
            T.CHOICE,
            "How it ended",
            "Sut y daeth i ben",
            required=True,
            options=(
                opt("declined", "Somebody declined to sign", "Gwrthododd rhywun lofnodi"),
                opt("withdrawn", "The request was withdrawn", "Tynnwyd y cais yn ôl"),
            ),
        ),
        fld("who", T.LINE, "Who", "Pwy", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=(ASKED,),
        must_refer=True,
        after_closing=True,
        fixed=True,
        describes="A request that ended unsigned: somebody declined, or it was withdrawn.",
    ),
)
