"""Kinds for people outside who come by a one-time link: asked, opened, and what they said.

Somebody outside is asked about entries of a case (`outsider_invited`). What they then say is an
entry of its own that refers to the invitation and to what it is about, names who said it and says
by which way it came (`through`). What a recipient of a recommendation answers is an answer like any
other (`candour.engine.vocabulary.responses`), and what the provider reports of an action a report
like any other (`candour.engine.vocabulary.plans`): those have the same two fields.
"""

from dataclasses import replace

from candour.engine.fields import Field
from candour.engine.fields import FieldType as T
from candour.engine.kinds import Kind
from candour.engine.vocabulary.delivering import SENDING
from candour.engine.vocabulary.sharing import RECIPIENTS
from candour.engine.vocabulary.shorthand import fld, kind, opt

TELLING, CONCERNS = "telling", "concerns"
INVITED, OPENED, ENDED = "outsider_invited", "link_opened", "invitation_ended"
CONFIRMED, REPLIED, DISPUTED = "receipt_confirmed", "reply_given", "facts_disputed"
SETTLED = "dispute_settled"

# What only the room of links writes; the rest a person records too, when it came by phone.
BY_LINK_ALONE = (INVITED, OPENED, ENDED)
# What the provider or a recipient says, whichever way it comes.
ANSWERS = (
    "acknowledgement_received",
    "response_received",
    "action_progressed",
    "more_time_asked",
)
THROUGH, SAID_BY, LINK = "through", "said_by", "link"

ASKS = (
    opt("acknowledge", "Say that it arrived", "Dweud iddo gyrraedd"),
    opt("answer", "Answer it", "Ei ateb"),
    opt("dispute", "Say if a fact is wrong", "Dweud os yw ffaith yn anghywir"),
    opt(
        "plan",
        "Report on the actions of the plan",
        "Adrodd ar gamau gweithredu’r cynllun",
    ),
)


def _through() -> Field:
    return fld(
        THROUGH,
        T.CHOICE,
        "How it came",
        "Sut y daeth",
        options=(opt(LINK, "Through a one-time link", "Drwy ddolen untro"),),
        by_system=True,
    )


def _who() -> Field:
    return fld("who", T.LINE, "Who", "Pwy", required=True)


def by_link(known: Kind) -> Kind:
    """Return a kind of answer with who gave it, and that it came through a link."""
    said_by = fld(SAID_BY, T.LINE, "Said by", "Dywedwyd gan", by_system=True)
    return replace(known, fields=(*known.fields, said_by, _through()))


KINDS = (
    kind(
        INVITED,
        "Somebody outside invited",
        "Gwahoddwyd rhywun o’r tu allan",
        TELLING,
        _who(),
        fld(
            "sort",
            T.CHOICE,
            "What sort of recipient",
            "Pa fath o dderbynnydd",
            options=RECIPIENTS,
        ),
        fld("asked", T.CHOICES, "What they are asked", "Yr hyn a ofynnir", options=ASKS),
        fld("until", T.DATE, "They may answer until", "Cânt ateb tan", required=True),
        after_closing=True,
        fixed=True,
        describes="Somebody with no account is shown the entries it refers to, by a link sent to "
        "them alone, and asked to say something about them.",
    ),
    kind(
        OPENED,
        "Link opened",
        "Agorwyd y ddolen",
        TELLING,
        _who(),
        refers=(INVITED,),
        must_refer=True,
        after_closing=True,
        fixed=True,
        describes="Somebody outside opened what they were invited to, for the first time.",
    ),
    kind(
        ENDED,
        "Invitation ended",
        "Daeth y gwahoddiad i ben",
        TELLING,
        _who(),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=(INVITED,),
        must_refer=True,
        after_closing=True,
        fixed=True,
        describes="An invitation was revoked: its links open nothing any more.",
    ),
    kind(
        CONFIRMED,
        "Receipt confirmed",
        "Derbyniad wedi’i gadarnhau",
        TELLING,
        _who(),
        fld("notes", T.TEXT, "What they add", "Yr hyn y maent yn ei ychwanegu"),
        _through(),
        refers=SENDING,
        must_refer=True,
        after_closing=True,
        describes="Somebody to whom something was sent says that they have it.",
    ),
    kind(
        REPLIED,
        "Reply given",
        "Ateb wedi’i roi",
        TELLING,
        _who(),
        fld("reply", T.TEXT, "What they say", "Yr hyn a ddywedant", required=True),
        _through(),
        refers=SENDING,
        must_refer=True,
        after_closing=True,
        describes="What somebody answers to something that was sent to them.",
    ),
    kind(
        DISPUTED,
        "Facts disputed",
        "Ffeithiau’n cael eu herio",
        CONCERNS,
        _who(),
        fld("what_is_wrong", T.TEXT, "What is wrong", "Yr hyn sy’n anghywir", required=True),
        fld("what_is_right", T.TEXT, "What is right", "Yr hyn sy’n gywir"),
        _through(),
        must_refer=True,
        after_closing=True,
        describes="Somebody says that what an entry tells is not so. The entry stays as it is "
        "until somebody corrects it.",
    ),
    kind(
        SETTLED,
        "Dispute of facts settled",
        "Anghydfod ffeithiau wedi’i setlo",
        CONCERNS,
        fld(
            "outcome",
            T.CHOICE,
            "What becomes of it",
            "Beth a ddaw ohono",
            required=True,
            options=(
                opt("corrected", "The record was corrected", "Cywirwyd y cofnod"),
                opt("stands", "The record stands", "Mae’r cofnod yn sefyll"),
                opt("both_stand", "Both accounts stand", "Mae’r ddau adroddiad yn sefyll"),
            ),
        ),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=(DISPUTED,),
        must_refer=True,
        after_closing=True,
        describes="What was made of facts that somebody disputed, and why.",
    ),
)
