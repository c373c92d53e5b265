"""From what people told us to a case: raising a concern, or adding to a case that is open."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.cases.actions import Recorded, Stale, link_experiences
from candour.cases.queries import linked_experiences
from candour.engine import Procedure, Refusal
from candour.experiences.models import Experience
from candour.experiences.queries import by_ids
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.web.case_list import CaseSearch, case_rows
from candour.web.experience_search import ExperienceSearch
from candour.web.forms.adding import Adding
from candour.web.forms.concern import EXISTING, LONGEST, Concern
from candour.web.forms.controls import Choice
from candour.web.forms.entry import typed_from
from candour.web.in_hand import InHand, case_in_hand, posts_of
from candour.web.presenters.addresses import case_page, entry_anchor
from candour.web.presenters.experiences import experience_row, only_service, together
from candour.web.presenters.opening import procedure_choice
from candour.web.presenters.refusals import reason_lines, recorded_words
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken
from candour.web.views.experiences import cases_of
from candour.web.views.opening import procedures_of

REFUSED = 422
MOST_CASES = 20  # to choose from; the rest are found by searching
SHOWN = 700  # letters of each experience, side by side


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def raise_concern(request: HttpRequest) -> HttpResponse:
    """Show the selected experiences together; ask what the concern is and what to do with it."""
    search = ExperienceSearch.from_query(request.GET)
    if not search.tidy and request.method != "POST":
        return redirect(request.path + search.query())
    chosen = by_ids(search.chosen)
    ways = _ways(request)
    if request.method != "POST":
        why = request.GET.get("why", "").replace("\x00", "").strip()[:LONGEST]
        return _concern_page(request, search, chosen, Concern.blank(chosen, why), ways)
    concern = Concern.sent(typed_from(request.POST), chosen, [way.value for way in ways])
    if concern.faults:
        return _concern_page(request, search, chosen, concern, ways)
    return redirect(_onwards(concern, [each for each in chosen if each.pk in concern.kept]))


def _ways(request: HttpRequest) -> list[Choice]:
    """Return what can be done with a concern: a case under each procedure, or one that is open."""
    offered = procedures_of(posts_of(request))
    known = [procedure_choice(procedure) for procedure, _posts in offered.values()]
    ways = [
        Choice(one.name, _("Open a case: %(procedure)s") % {"procedure": one.title}, one.summary)
        for one in known
    ]
    hint = _("The case keeps its procedure; what these people told us is added to it.")
    return [*ways, Choice(EXISTING, _("Add them to a case that is open already"), hint)]


def _concern_page(
    request: HttpRequest,
    search: ExperienceSearch,
    chosen: Sequence[Experience],
    concern: Concern,
    ways: Sequence[Choice],
) -> HttpResponse:
    cases = cases_of(each.pk for each in chosen)
    context = {
        "search": search,
        "back": reverse("experiences") + search.query(),
        "together": together(chosen),
        "rows": [
            experience_row(
                each,
                query=search.query(),
                cases=cases.get(each.pk, ()),
                chosen=each.pk in concern.kept,
                length=SHOWN,
            )
            for each in chosen
        ],
        "concern": concern,
        "ways": ways,
        "longest": LONGEST,
    }
    status = REFUSED if concern.faults else 200
    return render(request, "experiences/raise.html", context, status=status)


def _onwards(concern: Concern, kept: Sequence[Experience]) -> str:
    """Return where the concern goes on: to opening a case, or to choosing one that is open."""
    numbers = [("experience", str(each.pk)) for each in kept]
    if concern.way == EXISTING:
        return f"{reverse('add-to-case')}?{urlencode([*numbers, ('why', concern.words)])}"
    query = [("procedure", concern.way), ("summary", concern.words), *numbers]
    service = only_service(kept)
    if service is not None:
        query.append(("service", str(service)))
    elif len(names := {each.service_name for each in kept}) == 1:
        query.append(("q", names.pop()))
    return f"{reverse('open-case')}?{urlencode(query)}"


# -- adding to a case that is open -------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def add_to_case(request: HttpRequest) -> HttpResponse:
    """Ask which open case the selected experiences belong to; then add them to it."""
    chosen = by_ids(ExperienceSearch.from_query(request.GET).chosen)
    if request.method != "POST" or not chosen:
        return _cases_page(request, chosen, Adding(typed_from(request.GET)))
    posts = posts_of(request)
    adding = Adding(typed_from(request.POST)).checked(posts)
    if adding.faults:
        return _cases_page(request, chosen, adding)
    hand = case_in_hand(request, adding.case)
    post = adding.fitting(hand.posts)
    if post is None:
        words = _("In that post you cannot act on %(ref)s. Choose another case or another post.")
        name = "post" if len(posts) > 1 else "case"
        faults = {name: words % {"ref": hand.case.ref}}
        return _cases_page(request, chosen, replace(adding, faults=faults))
    return _add(request, hand, post, chosen, adding)


def _add(
    request: HttpRequest, hand: InHand, post: Post, chosen: Sequence[Experience], adding: Adding
) -> HttpResponse:
    there = set(linked_experiences(hand.case.pk))
    new = [each.pk for each in chosen if each.pk not in there]
    if not new:
        messages.info(request, _("They are in this case already. Nothing was added."))
        return redirect(case_page(hand.case.ref, "experiences"))
    answer = link_experiences(
        case_id=hand.case.pk,
        actor=Actor.from_post(post),
        experiences=new,
        draft_id=adding.key,
        as_of=hand.now,
        why=adding.why,
    )
    if isinstance(answer, Recorded):
        messages.success(request, recorded_words(answer.standing, answer.entry, answer.followed))
        return redirect(case_page(hand.case.ref, entry_anchor(answer.entry.id)))
    return _cases_page(request, chosen, _refused(adding, hand, answer))


def _refused(adding: Adding, hand: InHand, answer: Refusal | Stale) -> Adding:
    """Return what was typed, with why it was not recorded."""
    if isinstance(answer, Stale):  # nothing was asked of the log's end, so it cannot have moved
        return replace(adding, faults={"case": _("The case has moved on. Send it again.")})
    problems = " ".join(problem.message for problem in answer.problems)
    return replace(
        adding,
        faults={"case": problems} if problems else {},
        reasons=reason_lines(hand.procedure, answer),
    )


def _cases_page(request: HttpRequest, chosen: Sequence[Experience], adding: Adding) -> HttpResponse:
    words = CaseSearch.from_query(request.GET).words
    found = case_rows(CaseSearch(words), clock.now())
    refused = bool(adding.faults or adding.reasons)
    context = {
        "chosen": chosen,
        "words": words,
        "cases": found.rows[:MOST_CASES],
        "more": bool(found.older) or len(found.rows) > MOST_CASES,
        "adding": adding,
        "posts": _post_choices(posts_of(request)),
        "longest": LONGEST,
    }
    return render(
        request, "experiences/add_to_case.html", context, status=REFUSED if refused else 200
    )


def _post_choices(posts: list[Post]) -> list[Choice]:
    """Return the posts to act in, each by its title, or by a procedure's word for its role."""
    known = [procedure for procedure, _posts in procedures_of(posts).values()]
    return [Choice(str(post.pk), _post_words(post, known)) for post in posts]


def _post_words(post: Post, known: Sequence[Procedure]) -> str:
    roles = (procedure.roles.get(post.role) for procedure in known)
    titles = (said(role.title) for role in roles if role)
    title = post.title or next(titles, post.role.replace("_", " "))
    return f"{title}, {post.body.name_in(spoken())}"
