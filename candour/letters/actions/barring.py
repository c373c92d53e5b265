"""What keeps somebody from working on a draft at all."""

from candour.cases.actions.results import refused
from candour.engine import Refusal
from candour.letters.actions.results import Overtaken
from candour.letters.work import Work
from candour.people.actor import Actor


def barred(work: Work, actor: Actor, revision: int) -> Refusal | Overtaken | None:
    """Return why the actor may not change a draft that they read at this revision, or None."""
    if actor.body_id != work.draft.body_id or actor.user is None:
        return refused(
            f"This letter is written by {work.draft.body}, and only its people may work on it.",
            f"{work.draft.body.name_in('cy')} sy’n ysgrifennu’r llythyr hwn, a dim ond ei bobl ei "
            "hun a gaiff weithio arno.",
        )
    if work.is_sent:
        return refused(
            "This letter was sent already. What was sent is fixed for good; write another.",
            "Anfonwyd y llythyr hwn eisoes. Mae’r hyn a anfonwyd yn sefydlog; ysgrifennwch un "
            "arall.",
        )
    if work.draft.revision != revision:
        return Overtaken(work.draft, work.draft.edited_by.name)
    return None
