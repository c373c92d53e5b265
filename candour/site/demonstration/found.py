"""Lets some invented people tell what has to be looked at: signs, and words taken out.

The names, numbers and addresses in what they say are made up, and reach nobody.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from candour.bodies.models import Body, Service
from candour.database.row_security import acting_for
from candour.experiences.actions.looking import escalate, look
from candour.experiences.actions.telling import Account, tell
from candour.experiences.models import Experience, ExperienceSign, SignState
from candour.people.actor import Actor
from candour.people.models import Post

SOURCE: Final = "Invented for the demonstration, as if told on the form"
# body, service, language, days ago, words
TOLD: Final = (
    (
        *("cardiff", "Curlew Court", "en", 2),
        "My mum Jane has bruises all over her arms and nobody can say why. She flinches when "
        "they come near her. Ring me on 01632 960442.",
    ),
    (
        *("cardiff", "Heron House", "cy", 0),
        "Cafodd fy nhad, Alun, ei adael mewn gwely gwlyb tan ginio. Diolch i Garys am ei newid.",
    ),
    (
        *("cardiff", "Wren Villas", "en", 1),
        "Thank you to Sumitra, Becky and Dr Ngata. I had nothing to complain of; write to "
        "t.bebb@demonstration.invalid if you like.",
    ),
    (
        *("cardiff", "Skylark Rise", "en", 3),
        "Years ago a carer slapped me there. It is a different place now, and Mr Pugh is kind.",
    ),
    (
        *("healthwatch-derbyshire", "Limekiln House", "en", 0),
        "We were told not to complain or Dad would lose his place. My NHS number is 943 476 5919.",
    ),
    (
        *("healthwatch-derbyshire", "Dovewell Hospital, discharge lounge", "en", 1),
        "Nurse Kowalczyk was lovely. My date of birth is 3 May 1938 and I was called “young man”.",
    ),
)
LOOKER: Final = "lead_officer"
WHY_NOT: Final = "It happened years ago, and the police dealt with it then."


def make_found(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """Tell what is not told yet, and return how much that was."""
    services = {service.name: service for service in Service.objects.select_related("provider")}
    made = 0
    for slug in dict.fromkeys(told[0] for told in TOLD):
        body = bodies[slug]
        with acting_for([body.pk]):
            if Experience.objects.filter(source=SOURCE).exists():
                continue
            for _, name, language, days, words in (told for told in TOLD if told[0] == slug):
                account = Account(
                    source=SOURCE, words=words, service=services[name], language=language
                )
                tell(account, actor=Actor.system(body), as_of=as_of - timedelta(days=days))
                made += 1
            _look_at_some(body, as_of)
    return made


def _look_at_some(body: Body, as_of: datetime) -> None:
    """Take up what nobody looked at in time, and look at what is over."""
    post = Post.objects.filter(body=body, role=LOOKER).select_related("user", "body").first()
    for sign in ExperienceSign.objects.filter(body=body):
        if sign.past and post is not None:
            actor = Actor.from_post(post)
            look(sign, SignState.NO_CONCERN, reason=WHY_NOT, actor=actor, as_of=as_of)
        else:
            escalate(sign.pk, as_of=as_of)
