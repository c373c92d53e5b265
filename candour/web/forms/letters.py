"""What is typed on the pages of letters, read: recipients, how a letter was delivered, answers."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from candour.letters.actions import Delivery
from candour.letters.evidence import EvidenceFile, NotEvidence, evidence_file
from candour.letters.recipients import OUTSIDE, Chosen, Way
from candour.letters.work import Work
from candour.web.forms.days import PARTS, TIME, UnreadableError, read_moment
from candour.web.forms.entry import WHEN, Fault

FILE, WORDS = "evidence", "evidence-words"


def chosen_from(work: Work, typed: Mapping[str, str], beside: int) -> tuple[Chosen, ...]:
    """Return the recipients that a form names; lines beside the rule that are empty are not."""
    lines = [
        _line(typed, str(number), line.key, line.rule)
        for number, line in enumerate(work.proposed, 1)
    ]
    for place in range(1, beside + 1):
        number = f"x{place}"
        named = any(typed.get(f"{part}-{number}", "").strip() for part in ("name", "body", "email"))
        if named:
            lines.append(_line(typed, number, f"outside:{number}", OUTSIDE))
    return tuple(lines)


def _line(typed: Mapping[str, str], number: str, key: str, rule: str) -> Chosen:
    def said(name: str) -> str:
        return " ".join(typed.get(f"{name}-{number}", "").split())

    way = said("way")
    return Chosen(
        key=key,
        rule=rule,
        copy=False,
        name=said("name"),
        role=said("role"),
        body=said("body"),
        email=said("email"),
        language=said("language"),
        way=Way(way) if way in set(Way) else Way.MAIL,
        left_out=rule != OUTSIDE and said("gets") != "yes",
        reason=said("reason"),
    )


def delivery_from(request: HttpRequest) -> tuple[Delivery, list[Fault]]:
    """Return how a letter was delivered, as somebody typed and showed it, and what is wrong."""
    faults: list[Fault] = []
    at: datetime | None = None
    try:
        at = read_moment({part: request.POST.get(f"{WHEN}-{part}", "") for part in (*PARTS, TIME)})
    except UnreadableError as fault:
        faults.append(Fault(_("When it was delivered %(fault)s.") % {"fault": fault}, WHEN))
    files: list[EvidenceFile] = []
    for sent in request.FILES.getlist(FILE):
        try:
            files.append(evidence_file(sent.read()))
        except NotEvidence as fault:
            faults.append(Fault(str(fault), FILE))
    return Delivery(at, request.POST.get(WORDS, "").strip(), tuple(files)), faults
