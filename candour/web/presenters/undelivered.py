"""What had met a duty and did not arrive, and what to do about it."""

from collections.abc import Iterator

from django.urls import reverse

from candour.engine import OpenDuty, Standing
from candour.engine.deliveries import told_at_bottom
from candour.engine.entries import Entry
from candour.engine.vocabulary.delivering import AGAIN, FAILED
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import OWED, REFERS, recording_page
from candour.web.presenters.sight import Sight
from candour.web.spoken import told as _


def not_arrived(standing: Standing, owed: OpenDuty) -> str:
    """Return whom a telling that had met this duty did not reach; empty where there is none."""
    names = [str(name) for failed in failures(standing, owed) for name in failed.data["to"]]
    if not names:
        return ""
    return _("It was sent, and did not reach %(whom)s.") % {"whom": ", ".join(dict.fromkeys(names))}


def ways_to_make_good(standing: Standing, owed: OpenDuty, sight: Sight) -> Iterator[Action]:
    """Yield what can be done about it: by mail again, or told by post, phone or hand."""
    found = list(failures(standing, owed))
    if not found or not sight.may_act:
        return
    yield Action(_("Send it again, or to another address"), reverse("mail"))
    for failed in found:
        words = _("Record that %(whom)s was told by post or phone") % {
            "whom": ", ".join(failed.data["to"])
        }
        extra = {REFERS: failed.id, OWED: owed.key}
        yield Action(words, recording_page(sight.ref, AGAIN, extra=extra))


def failures(standing: Standing, owed: OpenDuty) -> Iterator[Entry]:
    """Yield the failures that nobody has made good yet of what had met the duty."""
    answered = {ref for entry in standing.by_kind.get(AGAIN, ()) for ref in entry.refers_to}
    for failed in standing.by_kind.get(FAILED, ()) if owed.undelivered else ():
        told = told_at_bottom(failed, standing.by_kind)
        if failed.id not in answered and set(told).intersection(owed.undelivered):
            yield failed
