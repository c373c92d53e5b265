"""Mail to those who told and asked for a reply, when an organisation answers a digest of it.

HD-08: the organisation's answer, with what it learned, reaches them. It stands under their receipts
as well, where everybody else of the digest finds it.
"""

from datetime import datetime
from typing import Final

from candour.bodies.models import Body
from candour.engine.words import Language, Words
from candour.feeding_back.models import DigestExperience, DigestReply
from candour.telling.actions.reaching import Reached, reach
from candour.telling.models import Told

ANSWERED: Final = Words(
    "{organisation} has answered what you and others told us. They said:\n\n{words}",
    "Mae {organisation} wedi ateb yr hyn a ddywedoch chi ac eraill wrthym. Dywedodd:\n\n{words}",
)
CHANGED: Final = Words("\n\nWhat changed:\n\n{changed}", "\n\nYr hyn a newidiodd:\n\n{changed}")
REASON: Final = "Told what an organisation answered."


def tell_people(reply: DigestReply, organisation: Body, as_of: datetime) -> int:
    """Write to everybody whom an answer concerns and who asked for that; return how many.

    Needs a transaction that acts for the body. An answer about one theme concerns those whose words
    carry it.
    """
    found = Told.objects.filter(
        wants_reply=True,
        withdrawn_at=None,
        experience__out_since=None,
        experience__in=DigestExperience.objects.filter(digest=reply.digest_id).values("experience"),
    )
    if reply.theme:
        found = found.filter(experience__themes__contains=[reply.theme])
    words = Words(_said(reply, organisation, "en"), _said(reply, organisation, "cy"))
    return sum(
        reach(told, words, key=f"digest/{reply.pk}/{told.pk}", reason=REASON, as_of=as_of)
        is Reached.MAIL
        for told in found.select_related("body").order_by("pk")
    )


def _said(reply: DigestReply, organisation: Body, language: Language) -> str:
    said = {
        "organisation": organisation.name_in(language),
        "words": reply.words,
        "changed": reply.changed,
    }
    parts = (ANSWERED, CHANGED) if reply.changed else (ANSWERED,)
    return "".join(part.text(language).format(**said) for part in parts)
