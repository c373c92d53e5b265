"""Opening a case: under which procedure, about which service, and the opening questions."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from candour import policies
from candour.bodies.models import Nation, Service
from candour.bodies.queries import identity_of, services_on
from candour.cases.actions import Opened, Recorded, link_experiences, open_case
from candour.cases.models import Case
from candour.directory.merging import same_service, standing
from candour.engine import Procedure, Refusal, Standing
from candour.engine.london import local
from candour.experiences.models import Experience
from candour.experiences.queries import by_ids
from candour.experiences.signs_waiting import concern_for_safety
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.web.forms.entry import EntryForm, Sent, Subject, blank_form, sent, typed_from
from candour.web.forms.opening import advised, known_answers, opening_kind
from candour.web.in_hand import posts_of
from candour.web.presenters.addresses import case_page
from candour.web.presenters.opening import procedure_choice
from candour.web.presenters.refusals import recorded_words
from candour.web.presenters.shipped import procedure_of
from candour.web.sending import Unsent, refused
from candour.web.signed_in import signed_in_only

MOST_SERVICES = 20
MOST_EXPERIENCES = 200
LINKING = "experiences"


class _Unlinked(Exception):
    """The experiences could not be linked, so the case is not opened either."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is about to be opened from.

    Attributes:
        procedure: the procedure chosen.
        posts: those of the person's posts that know it.
        service: the service it is about, or None.
        experiences: what people told that it rests on.
    """

    procedure: Procedure
    posts: tuple[Post, ...]
    service: Service | None
    experiences: tuple[Experience, ...]

    @property
    def subject(self) -> Subject:
        """The first entry of the case."""
        about = self.service.name if self.service else self.posts[0].body.name
        kind = opening_kind(self.procedure)
        return Subject(Standing(self.procedure), kind, self.posts, {"service": about})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def open_a_case(request: HttpRequest) -> HttpResponse:
    """Ask for the procedure, then the service, then the opening questions; then open the case."""
    offered = procedures_of(posts_of(request))
    name = request.GET.get("procedure", "")
    if name not in offered:
        return _choose_procedure(request, offered)
    procedure, posts = offered[name]
    service = _service(request)
    if procedure.about == "service" and service is None:
        return _choose_service(request, procedure)
    opening = Opening(procedure, posts, service, _experiences(request))
    if request.method != "POST":
        unsafe = concern_for_safety(each.pk for each in opening.experiences)
        prefilled = known_answers(procedure, service, posts[0].body.name, unsafe=unsafe)
        prefilled["summary"] = _summary(request)
        return _questions(request, opening, blank_form(opening.subject, clock.now(), prefilled))
    return _open(request, opening)


def procedures_of(posts: list[Post]) -> dict[str, tuple[Procedure, tuple[Post, ...]]]:
    """Return the procedures that are of these posts’ bodies and know the posts, each with those."""
    today = local(clock.now()).date()
    theirs = {post.body_id: post.body for post in posts}
    bodies = {number: identity_of(body, today) for number, body in theirs.items()}
    found = {}
    for name in policies.available():
        procedure = procedure_of(name)
        if procedure is None or procedure.is_base:
            continue
        whose = procedure.for_bodies
        fitting = tuple(
            post
            for post in posts
            if _knows(procedure, post)
            and whose.fits(bodies[post.body_id].functions, bodies[post.body_id].names)
        )
        if fitting:
            found[name] = (procedure, fitting)
    return found


def _knows(procedure: Procedure, post: Post) -> bool:
    role = procedure.roles.get(post.role)
    same_nation = Nation.UK in (procedure.nation, post.body.nation)
    same_nation = same_nation or procedure.nation == post.body.nation
    return role is not None and not role.outside and same_nation


# -- the three questions -----------------------------------------------------------------------


def _choose_procedure(
    request: HttpRequest, offered: dict[str, tuple[Procedure, tuple[Post, ...]]]
) -> HttpResponse:
    if len(offered) == 1 and "procedure" not in request.GET:
        query = _query(request, procedure=next(iter(offered)))
        return redirect(f"{reverse('open-case')}?{query}")
    context = {
        "choices": [procedure_choice(procedure) for procedure, _posts in offered.values()],
        "asked": "procedure" in request.GET,
        "experience_ids": _experience_ids(request),
    }
    return render(request, "cases/open_procedure.html", context)


def _choose_service(request: HttpRequest, procedure: Procedure) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found: list[Service] = []
    if words:
        today = local(clock.now()).date()
        there = standing(services_on(today, search=words)).order_by("name", "pk")
        found = list(there[: MOST_SERVICES + 1])
    context = {
        "procedure": procedure_choice(procedure),
        "words": words,
        "services": found[:MOST_SERVICES],
        "more": len(found) > MOST_SERVICES,
        "experience_ids": _experience_ids(request),
        "base": _query(request, procedure=procedure.name),
    }
    return render(request, "cases/open_service.html", context)


def _query(request: HttpRequest, **chosen: str) -> str:
    kept = [("experience", str(number)) for number in _experience_ids(request)]
    kept += [("summary", words) for words in _summary(request)]
    return urlencode([*chosen.items(), *kept])


def _summary(request: HttpRequest) -> list[str]:
    """Return what the concern is, where somebody wrote it down before coming here."""
    words = request.GET.get("summary", "").replace("\x00", "").strip()
    return [words] if words else []


def _service(request: HttpRequest) -> Service | None:
    number = _number(request.GET.get("service", ""))
    today = local(clock.now()).date()
    return services_on(today).filter(pk=number).first() if number else None


def _experience_ids(request: HttpRequest) -> list[int]:
    numbers = [_number(value) for value in request.GET.getlist("experience")]
    return [number for number in dict.fromkeys(numbers) if number][:MOST_EXPERIENCES]


def _experiences(request: HttpRequest) -> tuple[Experience, ...]:
    wanted = _experience_ids(request)
    found = by_ids(wanted) if wanted else []
    if len(found) < len(wanted):
        raise Http404
    return tuple(found)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def _questions(
    request: HttpRequest, opening: Opening, form: EntryForm, unsent: Unsent | None = None
) -> HttpResponse:
    context = {
        "procedure": procedure_choice(opening.procedure),
        "service": opening.service,
        "experiences": opening.experiences,
        "form": advised(form, opening.procedure),
        "unsent": unsent,
        "live": _live_case(opening) if unsent and unsent.reasons else None,
        "again": _query(request, procedure=opening.procedure.name),
    }
    return render(
        request, "cases/open_questions.html", context, status=unsent.status if unsent else 200
    )


def _live_case(opening: Opening) -> Case | None:
    """Return the open case about the same service that the person may see, to lead them there."""
    if opening.service is None or not opening.procedure.one_live_case:
        return None
    found = Case.objects.filter(
        service__in=same_service(opening.service.pk), closed_at__isnull=True
    )
    return found.filter(procedure=opening.procedure.name).first()


# -- opening it ----------------------------------------------------------------------------------


def _open(request: HttpRequest, opening: Opening) -> HttpResponse:
    typed = typed_from(request.POST)
    made = sent(opening.subject, typed)
    if isinstance(made, dict):
        return _again(request, opening, Unsent(typed, made))
    try:
        with transaction.atomic():
            answer = _opened(opening, made)
    except _Unlinked as unlinked:
        answer = unlinked.refusal
    if isinstance(answer, Refusal):
        return _again(request, opening, refused(opening.subject, typed, answer))
    recorded = answer.recorded
    words = recorded_words(recorded.standing, recorded.entry, recorded.followed)
    messages.success(request, f"{answer.ref}. {words}")
    return redirect(case_page(answer.ref))


def _again(request: HttpRequest, opening: Opening, unsent: Unsent) -> HttpResponse:
    return _questions(request, opening, unsent.form(opening.subject), unsent)


def _opened(opening: Opening, made: Sent) -> Opened | Refusal:
    """Return the case opened, with the experiences it rests on linked to it."""
    now, actor = clock.now(), Actor.from_post(made.post)
    opened = open_case(
        actor=actor,
        procedure=opening.procedure,
        body=actor.body,
        service=opening.service,
        draft=made.draft,
        as_of=now,
    )
    if isinstance(opened, Opened) and opening.experiences:
        linked = link_experiences(
            case_id=opened.case_id,
            actor=actor,
            experiences=[experience.pk for experience in opening.experiences],
            draft_id=str(uuid5(UUID(made.draft.id), LINKING)),
            as_of=now,
        )
        if not isinstance(linked, Recorded):
            raise _Unlinked(linked if isinstance(linked, Refusal) else Refusal())
    return opened
