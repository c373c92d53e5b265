"""Words taken out of what people told us: checking each place, and taking out more."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candour.experiences.actions.deciding import Decided, NotInTheWords, decide, take_out_words
from candour.experiences.marks_waiting import marks_of, number_to_check, to_check
from candour.experiences.models import Experience, MarkState
from candour.people.actor import Actor
from candour.people.models import Post
from candour.sealing.custody import custodian_roles
from candour.sealing.errors import NoReason, SealingTrouble
from candour.sealing.keeping import of_experience
from candour.sealing.models import Purpose
from candour.sealing.opening_many import open_many
from candour.site import clock
from candour.web.in_hand import posts_of
from candour.web.presenters.experiences import about, lang
from candour.web.presenters.marks import mark_lines, marked_text, marked_words
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only

AT_ONCE = 10  # texts on a page
LONGEST_REASON = 1_000
LONGEST_WORDS = 200
FIELD = "mark-"
DECISIONS = {state.value: state for state in (MarkState.CONFIRMED, MarkState.RESTORED)}


@dataclass(slots=True)
class Checking:
    """A sitting at which marks are checked.

    Attributes:
        post: the reader's at the body whose marks are checked.
        custodian: the post in which they may open what is sealed, if they hold one.
        number: how many marks wait.
        reason: why they open the words.
        opened: the words are shown.
    """

    post: Post
    custodian: Post | None
    number: int
    reason: str = ""
    opened: bool = False
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Who checks: the custodian where the reader is one."""
        return Actor.from_post(self.custodian or self.post)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def marks(request: HttpRequest) -> HttpResponse:
    """Show the texts in which marks wait; do what the person decided, and show the next ones."""
    checking = _checking(request)
    if checking is None:
        nothing = {"number": 0, "has_posts": False, "faults": {}}
        return render(request, "experiences/marks.html", nothing)
    if request.method != "POST":
        return _page(request, checking)
    checking.reason = request.POST.get("reason", "").replace("\x00", "").strip()[:LONGEST_REASON]
    checking.opened = bool(checking.reason) and checking.custodian is not None
    if request.POST.get("do") == "show":
        checking.opened = checking.custodian is not None
        return _page(request, checking)
    wanted = _wanted(request)
    try:
        with transaction.atomic():
            done = decide(wanted, actor=checking.actor, reason=checking.reason, as_of=clock.now())
    except SealingTrouble as trouble:
        checking.faults["reason"] = _trouble(trouble)
        checking.opened = False
        return _page(request, checking)
    _say(request, done)
    checking.number -= done.out + done.back
    # Who opened the words goes on with the next ones for the same reason; each opening is logged.
    return _page(request, checking) if checking.opened else redirect("marks")


def _checking(request: HttpRequest) -> Checking | None:
    """Return the sitting: of the first body of the reader's that has marks waiting."""
    posts = posts_of(request)
    if not posts:
        return None
    waiting = number_to_check()
    post = next((each for each in posts if each.body_id in waiting), posts[0])
    roles = custodian_roles(post.body_id)
    there = (each for each in posts if each.body_id == post.body_id)
    custodian = next((each for each in there if each.role in roles), None)
    return Checking(post, custodian, waiting.get(post.body_id, 0))


def _wanted(request: HttpRequest) -> dict[int, MarkState]:
    """Return what was decided about each mark of the page; all of them out where that was asked."""
    if request.POST.get("do") == "all":
        shown = request.POST.getlist("shown")
        return {int(each): MarkState.CONFIRMED for each in shown if _is_number(each)}
    return {
        int(name.removeprefix(FIELD)): DECISIONS[said]
        for name, said in request.POST.items()
        if name.startswith(FIELD)
        and _is_number(name.removeprefix(FIELD))
        and isinstance(said, str)
        and said in DECISIONS
    }


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 19


def _page(request: HttpRequest, checking: Checking) -> HttpResponse:
    body = checking.post.body_id
    found = to_check(body, most=AT_ONCE)
    given: Mapping[int, str] = {}
    if checking.opened:
        given = _given(checking, [each.experience.pk for each in found])
    context = {
        "texts": [marked_text(each, given) for each in found],
        "shown": [mark.pk for each in found for mark in each.waiting],
        "number": checking.number,
        "custodian": checking.custodian,
        "opened": checking.opened and not checking.faults,
        "reason": checking.reason,
        "faults": checking.faults,
        "has_posts": True,
    }
    status = REFUSED if checking.faults else 200
    return render(request, "experiences/marks.html", context, status=status)


def _given(checking: Checking, numbers: list[int]) -> dict[int, str]:
    """Return the words as given of these experiences, opened for the reader and logged."""
    contexts = {of_experience(number): number for number in numbers}
    try:
        found = open_many(
            Purpose.WORDS,
            contexts,
            actor=checking.actor,
            reason=checking.reason,
            as_of=clock.now(),
        )
    except SealingTrouble as trouble:
        checking.faults["reason"] = _trouble(trouble)
        return {}
    return {contexts[context]: words.decode() for context, words in found.items()}


def _trouble(trouble: SealingTrouble) -> str:
    if isinstance(trouble, NoReason):
        return _("Say why, so that somebody who reads the log in a year understands")
    return _("The words cannot be opened here: %(why)s") % {"why": trouble}


def _say(request: HttpRequest, done: Decided) -> None:
    if done.out:
        words = ngettext("%(num)s place stays out.", "%(num)s places stay out.", done.out)
        messages.success(request, words % {"num": done.out})
    if done.back:
        words = ngettext("%(num)s place was put back.", "%(num)s places were put back.", done.back)
        messages.success(request, words % {"num": done.back})
    if done.lost:
        messages.info(request, _("Some words were not kept when they came in, and stay out."))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def words(request: HttpRequest, number: int) -> HttpResponse:
    """Show what was taken out of one text and what was decided; take out more of its words."""
    experience = Experience.objects.filter(pk=number, out_since__isnull=True).first()
    if experience is None:
        raise Http404
    post = next((p for p in posts_of(request) if p.body_id == experience.body_id), None)
    typed, faults = "", dict[str, str]()
    if request.method == "POST" and post is not None:
        typed = request.POST.get("words", "").replace("\x00", "").strip()[:LONGEST_WORDS]
        try:
            there = take_out_words(
                experience, typed, actor=Actor.from_post(post), as_of=clock.now()
            )
        except NotInTheWords:
            faults["words"] = _("Write words that stand in the text, exactly as they stand there")
        else:
            said = ngettext("Taken out at %(num)s place.", "Taken out at %(num)s places.", there)
            messages.success(request, said % {"num": there})
            return redirect("experience-words", number)
    held = marks_of(experience)
    context = {
        "experience": experience,
        "about": about(experience),
        "lang": lang(experience),
        "words": marked_words(experience, held),
        "lines": mark_lines(held),
        "waiting": any(mark.state == MarkState.WAITING for mark in held),
        "typed": typed,
        "faults": faults,
    }
    return render(request, "experiences/words.html", context, status=REFUSED if faults else 200)
