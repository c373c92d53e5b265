"""What somebody sends to ask for a what-if: a file, or another procedure that there is."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from candour import policies
from candour.whatif.uploads import LARGEST, NotADraft, faults_of, files_in

FILE, PICKED = "draft", "picked"


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What was asked for, or the faults that stand in its way."""

    files: dict[str, str] | None = None
    draft: str = ""
    version: str = ""
    faults: tuple[str, ...] = ()


def asked_for(request: HttpRequest) -> AskedFor:
    """Return what a request asks for; a file goes before what was picked."""
    sent = request.FILES.get(FILE)
    if sent is None:
        return _picked(request.POST.get(PICKED, ""))
    if (sent.size or 0) > LARGEST:
        size = LARGEST // 1_000_000
        return AskedFor(faults=(_("The file is larger than %(size)s MB.") % {"size": size},))
    try:
        files = files_in(sent.name or "", sent.read())
    except NotADraft as error:
        return AskedFor(faults=(str(error),))
    return AskedFor(files=files, faults=tuple(faults_of(files)))


def _picked(value: str) -> AskedFor:
    name, _space, version = value.partition(" ")
    if (name, version) not in policies.in_reach():
        return AskedFor(faults=(_("Choose a file, or one of the procedures below."),))
    return AskedFor(draft=name, version=version)
