"""Opens the public forms of the demonstration, with something told, asked and answered by each."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.engine.words import Language
from candour.people.actor import Actor
from candour.people.models import Post
from candour.telling.actions import add, ask, set_form, take
from candour.telling.forms import FormLook
from candour.telling.models import Channel, FormSettings, Message, Told
from candour.telling.telling import Reaching, Telling

BODIES: Final = ("healthwatch-derbyshire", "healthwatch-cambridgeshire")
REACHED: Final = Reaching(name="Ashby Fern", email="ashby@example.org")
WORDS: Final[tuple[tuple[Language, str, str, str, str], ...]] = (
    (
        "en",
        "The nurse sat with my mum and explained everything twice. It made all the difference.",
        "The ward for older people",
        "1",
        "",
    ),
    (
        "en",
        "I rang at eight for an appointment and was number 43 in the queue. It took three days.",
        "My surgery",
        "4",
        "Let us book for another day.",
    ),
)


def make_tellings(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """Open the forms that nobody has set yet, tell something by each; return how many."""
    return sum(_make(bodies[slug], as_of) for slug in BODIES if slug in bodies)


def _make(body: Body, as_of: datetime) -> int:
    with acting_for([body.pk]):
        if FormSettings.objects.filter(body=body).exists():
            return 0
        post = Post.objects.filter(body=body).select_related("user", "body").order_by("pk")[0]
    set_form(FormLook(is_open=True), actor=Actor.from_post(post), as_of=as_of - timedelta(days=40))
    experiences = [_tell(body, place, as_of) for place in range(len(WORDS))]
    _ask(experiences[-1], post, as_of)
    return 1


def _tell(body: Body, place: int, as_of: datetime) -> int:
    """Tell one thing, and return the number of its experience."""
    language, what, where, felt, change = WORDS[place]
    told = Telling(
        key=str(uuid5(NAMESPACE_URL, f"{body.slug}/told/{place}")),
        language=language,
        channel=Channel.PAGES,
        what=what,
        danger=False,
        place=where,
        when="last week",
        felt=felt,
        change=change,
        about={"about_age": "65_79"},
        consents=frozenset({"provider", "quote"}),
        wants_reply=place == 1,
        reaching=REACHED if place else Reaching(),
    )
    when = as_of - timedelta(days=9 - place * 3, hours=2)
    return take(told, actor=Actor.system(body), as_of=when).experience


def _ask(experience: int, post: Post, as_of: datetime) -> None:
    """Ask the last one something, and let them add a word."""
    with acting_for([post.body_id]):
        told = Told.objects.get(experience=experience)
        asked = uuid5(NAMESPACE_URL, f"{post.body.slug}/asked")
        words = "Was it the same at other times of the day?"
        when = as_of - timedelta(days=3)
        actor = Actor.from_post(post)
        ask(told, Message.Sort.QUESTION, words, key=asked, actor=actor, as_of=when)
        more = uuid5(NAMESPACE_URL, f"{post.body.slug}/added")
        add(told, "My neighbour found the same.", key=more, as_of=as_of - timedelta(days=2))
