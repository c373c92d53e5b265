"""Verbs of coding: the list is kept, experiences are coded, a machine is asked for or let act."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from candour.coding.models import AppliesAlone, Code, Coding, CodingWatch, Learning
from candour.coding.queries import code_list, newest_coding, themes_in_use
from candour.database.taking_turns import take_turns
from candour.engine import Words
from candour.experiences.models import Experience
from candour.people.actor import Actor

MOST_NUMBER: Final = 2**63 - 1
LIST: Final = "list of themes"  # is changed by one at a time
LONGEST: Final = 120  # letters of a title
SENTIMENTS: Final = range(1, 6)
LEAST_PERCENT, MOST_PERCENT = 50, 100

BECOME = """
WITH changed AS (
    UPDATE experience SET themes = (
        SELECT coalesce(array_agg(DISTINCT
            CASE WHEN theme = %(old)s THEN %(new)s ELSE theme END), '{}')
        FROM unnest(themes) AS theme
    )
    WHERE body_id = %(body)s AND themes @> ARRAY[%(old)s] AND id BETWEEN %(first)s AND %(last)s
    RETURNING id, themes, sentiment
)
INSERT INTO coding (body_id, experience_id, themes, sentiment, by_id, model_id, because, at)
SELECT %(body)s, id, themes, sentiment, %(by)s, (
    SELECT model_id FROM coding WHERE experience_id = changed.id ORDER BY id DESC LIMIT 1
), '{}', %(at)s FROM changed
"""


class CodingRefusedError(ValueError):
    """What somebody asked for cannot be done; the message says why and what to do."""

    def __init__(self, field: str, words: Words, **values: object) -> None:
        self.field = field
        self.words = Words(words.en % values, words.cy % values) if values else words
        super().__init__(self.words.en)


def code_experience(
    experience_id: int,
    *,
    themes: Iterable[str],
    sentiment: int | None,
    actor: Actor,
    as_of: datetime,
    seen: int | None = None,
) -> Coding:
    """Code an experience: these themes and this sentiment hold from now on, and no others.

    Themes that it carries and that are not offered (they came with an import) may stay.

    Args:
        experience_id: which; the actor's body must hold it.
        themes: of the body's code list.
        sentiment: 1 (very positive) to 5 (very negative), or None where the words do not say.
        actor: who codes.
        as_of: the present instant.
        seen: the newest coding (0 for none) when they looked; None does not ask.

    Raises:
        CodingRefusedError: a theme is not of the list, there is no such sentiment, or somebody has
            coded it since they looked.
        Experience.DoesNotExist: the body holds no such experience in use.
    """
    wanted = list(dict.fromkeys(themes))
    if sentiment is not None and sentiment not in SENTIMENTS:
        raise CodingRefusedError(
            "sentiment",
            Words(
                "A sentiment goes from 1 to 5. Choose one.",
                "Mae teimlad yn mynd o 1 i 5. Dewiswch un.",
            ),
        )
    with transaction.atomic():
        held = (
            Experience.objects.in_use()
            .select_for_update(of=("self",))
            .get(pk=experience_id, body=actor.body)
        )
        if seen is not None and seen != newest_coding(held):
            raise CodingRefusedError(
                "themes",
                Words(
                    "It was coded since you opened this page: see below by whom, and how. Save "
                    "again if it is to be as you have chosen.",
                    "Cafodd ei godio ers i chi agor y dudalen hon: gweler isod gan bwy, a sut. "
                    "Cadwch eto os yw i fod fel y dewisoch.",
                ),
            )
        offered = set(code_list(actor.body).values_list("theme", flat=True)) | set(held.themes)
        if strange := [theme for theme in wanted if theme not in offered]:
            raise CodingRefusedError(
                "themes",
                Words(
                    "“%(theme)s” is not in the code list. Choose from it, or add it there.",
                    "Nid yw “%(theme)s” yn y rhestr godau. Dewiswch ohoni, neu ychwanegwch ef.",
                ),
                theme=strange[0],
            )
        held.themes, held.sentiment = wanted, sentiment
        held.save(update_fields=["themes", "sentiment"])
        return Coding.objects.create(
            body=actor.body,
            experience=held,
            themes=wanted,
            sentiment=sentiment,
            by=actor.user,
            at=as_of,
        )


# -- the list --------------------------------------------------------------------------------------


def add_code(
    *, title: str, title_cy: str, family: str, covers: str, actor: Actor, as_of: datetime
) -> Code:
    """Add a theme to the list of the actor's body.

    Raises:
        CodingRefusedError: it has no title, one too long, or one that the list has already.
    """
    title = _titled(title)
    with transaction.atomic():
        take_turns(LIST, actor.body_id)
        if Code.objects.filter(body=actor.body, theme=title).exists():
            raise CodingRefusedError(
                "title",
                Words(
                    "“%(title)s” is in the list. Change that one, or offer it again.",
                    "Mae “%(title)s” yn y rhestr. Newidiwch hwnnw, neu cynigiwch ef eto.",
                ),
                title=title,
            )
        return Code.objects.create(
            body=actor.body,
            theme=title,
            title=title,
            title_cy=title_cy.strip()[:LONGEST],
            family=family.strip()[:LONGEST],
            covers=covers.strip(),
            made_by=actor.user,
            made_at=as_of,
        )


def take_in_used(*, actor: Actor, as_of: datetime) -> int:
    """Put every theme that experiences carry into the list, and return how many were put."""
    with transaction.atomic():
        take_turns(LIST, actor.body_id)
        there = set(code_list(actor.body, retired=True).values_list("theme", flat=True))
        new = [theme for theme in sorted(themes_in_use(actor.body)) if theme not in there]
        Code.objects.bulk_create(
            Code(body=actor.body, theme=each, title=each, made_by=actor.user, made_at=as_of)
            for each in new
        )
        return len(new)


def change_code(code: Code, *, title: str, title_cy: str, family: str, covers: str) -> Code:
    """Put a code in other words; what experiences carry stays as it is.

    Raises:
        CodingRefusedError: it has no title, or one too long.
    """
    code.title, code.title_cy = _titled(title), title_cy.strip()[:LONGEST]
    code.family, code.covers = family.strip()[:LONGEST], covers.strip()
    code.save(update_fields=["title", "title_cy", "family", "covers"])
    return code


def retire_code(code: Code, *, as_of: datetime) -> None:
    """Offer a code no longer; experiences keep it, and no machine applies it."""
    with transaction.atomic():
        Code.objects.filter(pk=code.pk, retired_at__isnull=True).update(retired_at=as_of)
        stop_applying(code, as_of=as_of)


def offer_again(code: Code) -> None:
    """Offer a code again that was retired; what became of it in the meantime stays."""
    Code.objects.filter(pk=code.pk).update(retired_at=None, became=None)


def make_become(code: Code, into: Code, *, actor: Actor, as_of: datetime) -> int:
    """Let a code become another: what carried it carries the other, now and when it comes again.

    Every experience that changes keeps the change among its codings; what a machine coded is still
    told as a machine's. Returns how many changed.

    Raises:
        CodingRefusedError: they are the same, of two bodies, or the other is retired; or another
            has taken its place already.
    """
    with transaction.atomic():
        both = Code.objects.filter(pk__in=[code.pk, into.pk], body=code.body_id)
        held = {each.pk: each for each in both.order_by("pk").select_for_update(of=("self",))}
        if len(held) < 2 or held[into.pk].retired_at is not None:
            raise CodingRefusedError(
                "became",
                Words(
                    "Choose another theme that is still offered.",
                    "Dewiswch thema arall sy’n dal i gael ei chynnig.",
                ),
            )
        if held[code.pk].became_id is not None:
            raise CodingRefusedError(
                "became",
                Words(
                    "Another theme has taken its place already. Offer it again first.",
                    "Mae thema arall wedi cymryd ei lle eisoes. Cynigiwch hi eto yn gyntaf.",
                ),
            )
        Code.objects.filter(became=code).update(became=into)
        Code.objects.filter(pk=code.pk).update(became=into, retired_at=as_of)
        stop_applying(code, as_of=as_of)
        watch(code.body_id)
        return recode(code, into, by=actor.user_id, as_of=as_of)


def recode(
    code: Code,
    into: Code,
    *,
    by: int | None,
    as_of: datetime,
    among: tuple[int, int] = (0, MOST_NUMBER),
) -> int:
    """Give experiences of these numbers that carry one code the other; return how many did."""
    asked: dict[str, Any] = {
        "old": code.theme,
        "new": into.theme,
        "body": code.body_id,
        "by": by,
        "at": as_of,
        "first": among[0],
        "last": among[1],
    }
    with connection.cursor() as cursor:
        cursor.execute(BECOME, asked)
        return int(cursor.rowcount)


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise CodingRefusedError(
            "title",
            Words(
                "A theme needs a name. Write one, in a few words.",
                "Mae angen enw ar thema. Ysgrifennwch un, mewn ychydig eiriau.",
            ),
        )
    if len(title) > LONGEST:
        raise CodingRefusedError(
            "title",
            Words(
                "The name has %(n)s letters; %(most)s is the most. Make it shorter.",
                "Mae gan yr enw %(n)s llythyren; %(most)s yw’r mwyaf. Gwnewch ef yn fyrrach.",
            ),
            n=len(title),
            most=LONGEST,
        )
    return title


# -- machines --------------------------------------------------------------------------------------


def ask_to_learn(*, actor: Actor, as_of: datetime) -> Learning:
    """Ask that a machine is made from the body's coding; a job does it."""
    from candour.coding.tasks import learn  # noqa: PLC0415  # the job asks this module for its verbs

    with transaction.atomic():
        asked, _new = Learning.objects.update_or_create(
            body=actor.body,
            defaults={"asked_at": as_of, "asked_by": actor.user, "ended_at": None, "fault": ""},
        )
        learn.configure(lock=f"coding.learn:{actor.body_id}").defer(body_id=actor.body_id)
    return asked


def let_apply(code: Code, percent: int, *, actor: Actor, as_of: datetime) -> AppliesAlone:
    """Let a theme be applied without a person wherever a machine is so sure of it.

    Raises:
        CodingRefusedError: the percent is not from 50 to 100, nobody answers for it, or the theme
            is offered no longer.
    """
    if Code.objects.filter(pk=code.pk, retired_at__isnull=False).exists():
        raise CodingRefusedError(
            "percent",
            Words(
                "This theme is offered no longer. Offer it again first.",
                "Nid yw’r thema hon yn cael ei chynnig mwyach. Cynigiwch hi eto yn gyntaf.",
            ),
        )
    if not LEAST_PERCENT <= percent <= MOST_PERCENT:
        raise CodingRefusedError(
            "percent",
            Words(
                "Give a whole number from 50 to 100.",
                "Rhowch rif cyfan o 50 i 100.",
            ),
        )
    if actor.user is None:
        raise CodingRefusedError(
            "percent",
            Words(
                "A person has to answer for this, not the system.",
                "Rhaid i berson ateb dros hyn, nid y system.",
            ),
        )
    with transaction.atomic():
        stop_applying(code, as_of=as_of)
        return AppliesAlone.objects.create(
            body=actor.body, code=code, percent=percent, set_by=actor.user, set_at=as_of
        )


def stop_applying(code: Code, *, as_of: datetime) -> None:
    """Let a theme be applied by people alone again; what was applied stays."""
    AppliesAlone.objects.filter(code=code, ended_at__isnull=True).update(ended_at=as_of)


def watch(body_id: int) -> None:
    """Have the new experiences of a body looked at from now on."""
    CodingWatch.objects.get_or_create(body_id=body_id)
