"""What somebody outside says about one thing, and the letters that were sent to them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.attachments.actions import Filing, Kept, keep
from candour.attachments.limits import MOST_AT_ONCE, largest_file
from candour.attachments.names import plain_name
from candour.attachments.refusals import NotTaken, why_words
from candour.attachments.sniffing import look_at
from candour.cases.actions import Recorded
from candour.cases.actions.drafts import named_id
from candour.engine import Refusal
from candour.letters.models import SentFile
from candour.people.actor import Actor
from candour.portal.actions import answer
from candour.portal.actions.answering import ways_open
from candour.portal.queries import Invited
from candour.portal.seeing import Way
from candour.site import clock
from candour.web.forms import outside as forms
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import KEY, Fault, typed_from
from candour.web.presenters.outside import Looking, asked_card, way_words
from candour.web.sending import REFUSED
from candour.web.signed_papers import pdf_answer
from candour.web.spoken import said, spoken
from candour.web.uploading import ReceivedFiles, file_field, received, takes_files
from candour.web.views.outside import invited_only, looking_at

FILES = "files"
WITH_FILES = (Way.ANSWER, Way.DISPUTE, Way.REPORT)


@require_http_methods(["GET", "HEAD", "POST"])
@invited_only
@takes_files
def outside_answer(request: HttpRequest, invited: Invited, way: str, entry: UUID) -> HttpResponse:
    """Show the form of one way to answer, or record what was sent by it."""
    looking = looking_at(invited)
    chosen = _way(looking, way, str(entry))
    if request.method != "POST":
        return _form(request, looking, chosen, str(entry), {}, {})
    typed = typed_from(request.POST)
    given = forms.read(chosen, str(entry), first(typed, KEY), typed)
    came = received(request, FILES)
    wrong = _untaken(came)
    if isinstance(given, dict) or wrong:
        faults = given if isinstance(given, dict) else {}
        return _form(request, looking, chosen, str(entry), typed, {**faults, **wrong})
    outcome = answer(invited, given, as_of=looking.moment)
    if isinstance(outcome, Recorded):
        whole = _attach(invited, outcome, came, looking)
        place = reverse("outside", args=[invited.invitation.pk])
        return redirect(f"{place}?kept={'all' if whole else 'part'}#about-{entry}")
    faults, more = _refused(outcome)
    return _form(request, looking, chosen, str(entry), typed, faults, more)


def _untaken(came: ReceivedFiles) -> dict[str, str]:
    """Return why a file is not taken, before anything is recorded; nothing where all are."""
    faults = [f"{name}: {why}" for name, why in came.refused]
    for file in came.files:
        try:
            look_at(file.content, plain_name(str(file.name)))
        except NotTaken as refusal:
            why = said(why_words(refusal.why, largest_file(), MOST_AT_ONCE))
            faults.append(f"{file.name}: {why}")
    return {FILES: " ".join(faults)} if faults else {}


def _attach(invited: Invited, answered: Recorded, came: ReceivedFiles, looking: Looking) -> bool:
    """File what came with an answer, as sent in by them; return whether all of it was taken."""
    invitation = invited.invitation
    kept = [
        keep(
            case_id=invitation.case_id,
            actor=Actor.system(invitation.case.body),
            filing=Filing(
                id=named_id(answered.entry.id, f"file {place}"),
                file=file.content,
                sha256=file.sha256,
                name=str(file.name),
                refers_to=(answered.entry.id, str(invitation.pk)),
                through=invitation.who,
            ),
            as_of=looking.moment,
        )
        for place, file in enumerate(came.files, 1)
    ]
    return all(isinstance(each, Kept) for each in kept)


def _way(looking: Looking, way: str, entry: str) -> Way:
    """Return the way that an address names, while it is open to them.

    Raises:
        Http404: there is no such way, or they are not asked about the entry.
    """
    try:
        chosen = Way(way)
    except ValueError:
        raise Http404 from None
    if chosen not in ways_open(looking.standing, looking.invitation, entry, looking.moment):
        raise Http404
    return chosen


def _refused(outcome: object) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what is wrong under each field's name, and what is wrong with the whole."""
    if not isinstance(outcome, Refusal):
        return {}, (_("Something else was recorded just now. Send it once more."),)
    faults = {reason.field: said(reason.text) for reason in outcome.reasons if reason.field}
    more = [said(reason.text) for reason in outcome.reasons if not reason.field]
    return faults, (*more, *(problem.message for problem in outcome.problems))


def _form(  # what a form is shown from, each part by itself
    request: HttpRequest,
    looking: Looking,
    way: Way,
    entry: str,
    typed: Typed,
    faults: dict[str, str],
    more: tuple[str, ...] = (),
) -> HttpResponse:
    about = looking.standing.entry(entry)
    card = asked_card(looking, entry)
    if about is None or card is None:
        raise Http404
    errors = [Fault(words, name) for name, words in faults.items()] + [Fault(w) for w in more]
    context = {
        "card": card,
        "title_of": way_words(way),
        "controls": forms.shown(looking.standing, way, about, typed, faults),
        "errors": errors,
        "files": file_field() if way in WITH_FILES else None,
        "wrong_files": faults.get(FILES, ""),
        "key": first(typed, KEY) or None,
        "body": looking.invitation.case.body.name_in(spoken()),
        "who": looking.invitation.who,
        "back": reverse("outside", args=[looking.invitation.pk]),
    }
    return render(request, "outside/answer.html", context, status=REFUSED if errors else 200)


@require_safe
@invited_only
def outside_letter(
    request: HttpRequest,  # noqa: ARG001  # what every view is given
    invited: Invited,
    entry: UUID,
    file: int,
) -> HttpResponse:
    """Give the copy of a letter that was sent to them, as they got it."""
    looking = looking_at(invited)
    ways = ways_open(looking.standing, looking.invitation, str(entry), clock.now())
    theirs = {each.pk for each in looking.files.get(str(entry), ())}
    if not ways or file not in theirs:
        raise Http404
    found = SentFile.objects.get(pk=file)
    return pdf_answer(bytes(found.content), "letter.pdf")
