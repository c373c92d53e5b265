"""Recording an entry: the list of kinds, the form of one, and correcting an entry."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from candour.engine.corrections import CORRECTION
from candour.engine.vocabulary.signing import SIGNED
from candour.web.case_rooms import way_back
from candour.web.forms.controls import Typed
from candour.web.forms.correcting import Correcting
from candour.web.forms.entry import EntryForm, Subject, blank_form, sent, typed_from
from candour.web.forms.offering import with_offers
from candour.web.forms.prefilling import about_entries, narrowed, prefilled
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.addresses import BACK_TO, OWED
from candour.web.presenters.case_page import ANSWERING
from candour.web.presenters.contacts import REFERRAL, WhoAnswers, all_referrals, who_answers
from candour.web.presenters.dues import due_lines
from candour.web.presenters.kinds import kind_groups, owed_first, recordable
from candour.web.presenters.naming import entry_name
from candour.web.sending import Unsent, send
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken


@require_safe
@signed_in_only
def kinds(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what can be recorded: first what is owed, then everything by group."""
    hand = case_in_hand(request, ref)
    due = due_lines(hand.standing, hand.standing.at(hand.now).duties, hand.sight)
    context = {
        "case": hand.case,
        "owed": owed_first(due) if hand.posts else (),
        "groups": kind_groups(hand.standing, hand.sight) if hand.posts else (),
    }
    return render(request, "cases/kinds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def record(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Show the form of a kind of entry, or record what was sent."""
    hand = case_in_hand(request, ref)
    if not hand.posts:
        return no_post(request, hand)
    subject = _subject(hand, kind, request)
    if request.method != "POST":
        form = blank_form(subject, hand.now, prefilled(subject, request.GET))
        return _page(request, hand, subject, form)
    typed = typed_from(request.POST)
    back = way_back(hand.case.ref, request.GET.get(BACK_TO, ""))
    answer = send(request, hand, subject, typed, sent(subject, typed), back=back)
    if isinstance(answer, Unsent):
        return _page(request, hand, subject, answer.form(subject), answer)
    return answer


def no_post(request: HttpRequest, hand: InHand) -> HttpResponse:
    """Say that the person may read the case and not add to it."""
    return render(request, "cases/no_post.html", {"case": hand.case}, status=403)


def _subject(hand: InHand, name: str, request: HttpRequest) -> Subject:
    """Return what is to be recorded, by the post that owes it first.

    Raises:
        Http404: this kind is not recorded here, or answers no suggestion that the procedure makes.
    """
    fixed = _answered(hand, request) if name == ANSWERING else {}
    offered = (*(kind.name for kind in recordable(hand.standing)), *([name] if fixed else []))
    if name not in offered:
        raise Http404
    kind = narrowed(hand.standing, hand.procedure.kinds[name])
    owed = hand.standing.duties.get(request.GET.get(OWED, ""))
    posts = hand.posts_for([owed.duty.owner] if owed else [])
    about = about_entries(hand.standing, kind)
    return Subject(hand.standing, kind, posts, fixed, about)


def _answered(hand: InHand, request: HttpRequest) -> dict[str, str]:
    """Return which suggestion is answered, as the address of the form names it."""
    asked = request.GET.get("auto", "")
    return {"auto": asked} if asked in {auto.id for auto in hand.procedure.autos} else {}


def _title(subject: Subject) -> str:
    """Return the heading of a form; one that answers a suggestion names it."""
    title = said(subject.kind.title)
    autos = subject.standing.procedure.autos
    auto = next((auto for auto in autos if auto.id == subject.fixed.get("auto")), None)
    return f"{title}: {said(auto.title)}" if auto else title


def _page(
    request: HttpRequest,
    hand: InHand,
    subject: Subject,
    form: EntryForm,
    unsent: Unsent | None = None,
) -> HttpResponse:
    """Show the form, with why it was not recorded when it was not."""
    form = with_offers(form, subject.kind.name, hand.case, hand.now)
    context = {
        "case": hand.case,
        "kind": _title(subject),
        "describes": subject.kind.describes if spoken() == "en" else "",
        "form": form,
        "unsent": unsent,
        "seq": unsent.seq if unsent else len(hand.standing.recorded),
        "answering": _answering(hand, subject),
        "signing": subject.kind.name == SIGNED,
    }
    return render(request, "cases/record.html", context, status=unsent.status if unsent else 200)


def _answering(hand: InHand, subject: Subject) -> tuple[WhoAnswers, ...]:
    """Return who answers now, where what is to be recorded is a referral."""
    if subject.kind.name != REFERRAL:
        return ()
    return who_answers(hand.procedure, all_referrals(hand.procedure), hand.now)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def correct(request: HttpRequest, ref: str, entry: UUID) -> HttpResponse:
    """Put an entry right, or withdraw it; the entry itself stays in the log as it was recorded."""
    hand = case_in_hand(request, ref)
    if not hand.posts:
        return no_post(request, hand)
    held = next((known for known in hand.standing.chronicle if known.id == str(entry)), None)
    if held is None or held.kind == CORRECTION:
        raise Http404
    correcting = Correcting(hand.standing, held, hand.posts, hand.now)
    if request.method != "POST":
        return _correction_page(request, hand, correcting, correcting.as_it_holds())
    typed = typed_from(request.POST)
    answer = send(request, hand, correcting.subject, typed, correcting.sent(typed))
    if isinstance(answer, Unsent):
        return _correction_page(request, hand, correcting, typed, answer)
    return answer


def _correction_page(
    request: HttpRequest,
    hand: InHand,
    correcting: Correcting,
    typed: Typed,
    unsent: Unsent | None = None,
) -> HttpResponse:
    context = {
        "case": hand.case,
        "entry": entry_name(hand.standing, correcting.held),
        "form": correcting.form(typed, unsent.faults if unsent else {}),
        "unsent": unsent,
        "seq": unsent.seq if unsent else len(hand.standing.recorded),
    }
    return render(request, "cases/correct.html", context, status=unsent.status if unsent else 200)
