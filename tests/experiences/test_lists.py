"""Lists of experiences: pages, search in English and Welsh, filters and their counts."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences import facets as facets_room
from candour.experiences.access import may_read, may_take_in
from candour.experiences.models import Experience
from candour.experiences.queries import (
    NO_SENTIMENT,
    BadPageTokenError,
    Facets,
    Filters,
    by_ids,
    facets,
    listing,
)
from candour.people.models import Post
from tests.experiences.files import AS_OF, a_body

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2026, 1, 1)


@pytest.fixture
def ours() -> Iterator[Body]:
    body, other = a_body("ours"), a_body("theirs")
    with acting_for([other.pk]):
        told(other, "Kind staff from elsewhere", themes=["Parking"])
    with acting_for([body.pk]):
        yield body


def told(body: Body, answer: str, day: date | None = FIRST_DAY, **rest: object) -> Experience:
    ref = str(Experience.objects.count() + 1)
    made: Experience = Experience.objects.create(
        body=body,
        source="form",
        source_ref=ref,
        answer=answer,
        received_on=day,
        created_at=AS_OF,
        **rest,
    )
    return made


def answers(search: str = "", **filters: object) -> list[str]:
    narrowed = Filters(**filters)  # type: ignore[arg-type]  # as each test names them
    return [row.answer for row in listing(search=search, filters=narrowed).rows]


def test_pages_go_from_the_newest_to_those_without_a_date_and_back(ours: Body) -> None:
    for number in range(7):
        told(ours, str(number), FIRST_DAY + timedelta(days=number // 2))
    told(ours, "undated", None)
    order = ["6", "5", "4", "3", "2", "1", "0", "undated"]
    seen, pages, token = list[str](), [], None
    while True:
        page = listing(size=3, page_token=token)
        pages.append([row.answer for row in page.rows])
        seen += pages[-1]
        if page.older is None:
            break
        token = page.older
    assert seen == order
    back = []
    while page.newer is not None:
        page = listing(size=3, page_token=page.newer)
        back.append([row.answer for row in page.rows])
    assert back == pages[-2::-1]


def test_a_page_costs_one_query(
    ours: Body, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told(ours, "Kind staff")
    with django_assert_num_queries(1):
        (row,) = listing(search="staff").rows
        assert (row.answer, row.body_id, row.themes) == ("Kind staff", ours.pk, [])


@pytest.mark.parametrize(
    "token",
    ["x", "older.2026-01-01", "older.soon.1", "up.2026-01-01.1", f"older.2026-01-01.{2**63}"],
)
def test_a_made_up_page_is_refused_in_plain_words(ours: Body, token: str) -> None:
    with pytest.raises(BadPageTokenError, match="Go back to the first page"):
        listing(page_token=token)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("waited", True),
        ("waiting", True),
        ("WAIT", True),
        ('"waited for hours"', True),
        ('"hours for waited"', False),
        ("waited -hours", False),
        ("waited -hour", False),
        ("waited -parking", True),
        ("parking or waited", True),
        ("parking waited", False),
        ("tŷ", True),
        ("Tŷ", True),
        ("ty", True),
        ("TY", True),
        ("nghartref", True),
        ("cartref", False),
        ("gwasanaethau", True),
        ("llân", True),
        ("llan", True),
        ("for", True),
        ("'; DROP TABLE experience; --", False),
        ("!!! & | <-> :*", False),
        ("wai\0ted", True),
        ("x" * 100_000, False),
    ],
)
def test_words_are_found_in_english_and_in_welsh(ours: Body, search: str, found: bool) -> None:
    told(ours, "Waited for hours. Yn fy nghartref, y Tŷ Llân, gwasanaethau araf")
    assert bool(answers(search)) == found


def test_filters_narrow_alone_and_together(ours: Body) -> None:
    told(ours, "a", service_name="Ward", themes=["Parking", "Food"], sentiment=1, language="cy")
    told(ours, "b", service_name="Ward", themes=["Food"], organisation="North")
    told(ours, "c", date(2026, 2, 1), service_name="Clinic", themes=["Parking"], sentiment=5)
    told(ours, "d", None)
    assert answers(service="Ward") == ["b", "a"]
    assert answers(theme="Parking") == ["c", "a"]
    assert answers(sentiment=5) == ["c"]
    assert answers(sentiment=NO_SENTIMENT) == ["b", "d"]
    assert answers(language="cy") == ["a"]
    assert answers(organisation="North") == ["b"]
    assert answers(since=date(2026, 1, 2)) == ["c"]
    assert answers(until=date(2026, 1, 31)) == ["b", "a"]
    assert answers(service="Ward", theme="Food", sentiment=1) == ["a"]
    assert answers("a", theme="Food") == ["a"]
    assert answers(batch=99) == []
    assert answers(service="War\0d") == ["b", "a"]


def as_pairs(found: Facets) -> tuple[list[tuple[str, int]], ...]:
    return tuple(
        [(choice.value, choice.count) for choice in choices]
        for choices in (found.services, found.themes, found.sentiments)
    )


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(service="Ward"),
        Filters(theme="Food"),
        Filters(sentiment=1),
        Filters(sentiment=NO_SENTIMENT),
        Filters(service="Ward", theme="Food", sentiment=1),
        Filters(service="Nowhere"),
    ],
)
def test_kept_counts_and_counting_the_rows_agree(ours: Body, filters: Filters) -> None:
    told(ours, "staff", service_name="Ward", themes=["Parking", "Food"], sentiment=1)
    told(ours, "staff", service_name="Ward", themes=["Food"])
    told(ours, "staff", service_name="Clinic", themes=["Parking"], sentiment=5)
    kept, counted = facets(filters=filters), facets(search="staff", filters=filters)
    assert as_pairs(kept) == as_pairs(counted)
    assert kept.total == counted.total == len(listing(filters=filters).rows)
    assert kept.complete
    assert counted.complete


def test_a_count_is_what_choosing_it_would_show(ours: Body) -> None:
    told(ours, "1", service_name="Ward", themes=["Parking", "Food"], sentiment=1)
    told(ours, "2", service_name="Ward", themes=["Food"], sentiment=2)
    told(ours, "3", service_name="Clinic", themes=["Parking"], sentiment=1)
    services, themes, sentiments = as_pairs(facets(filters=Filters(service="Ward", sentiment=1)))
    assert services == [("Clinic", 1), ("Ward", 1)]
    assert themes == [("Food", 1), ("Parking", 1)]
    assert sentiments == [("1", 1), ("2", 1), ("3", 0), ("4", 0), ("5", 0), ("0", 0)]


def test_counts_that_stop_early_say_so(ours: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets_room, "MOST_COUNTED", 2)
    for _ in range(3):
        told(ours, "staff")
    found = facets(search="staff")
    assert (found.total, found.complete) == (2, False)


def test_rows_are_fetched_by_their_ids_within_reach(ours: Body) -> None:
    one, two = told(ours, "one"), told(ours, "two", date(2026, 2, 1))
    with acting_for([a_body("theirs").pk]):
        (beyond,) = Experience.objects.all()
    assert by_ids([one.pk, two.pk, beyond.pk, 10**9]) == [two, one]


def test_nobody_finds_what_another_body_holds(ours: Body) -> None:
    assert answers("staff") == []
    assert answers(theme="Parking") == []
    assert facets().total == facets(search="staff").total == 0
    with acting_for([]):
        assert answers("staff") == []
    with acting_for([ours.pk, a_body("theirs").pk]):
        assert answers("staff") == ["Kind staff from elsewhere"]


def test_several_bodies_are_listed_in_one_order(ours: Body) -> None:
    told(ours, "newest", date(2026, 2, 1))
    told(ours, "oldest", date(2025, 1, 1))
    with acting_for([ours.pk, a_body("theirs").pk]):
        assert answers() == ["newest", "Kind staff from elsewhere", "oldest"]


def test_access_follows_posts(ours: Body) -> None:
    here, there = Post(body=ours, role="chair"), Post(body=a_body("theirs"), role="chair")
    experience = told(ours, "ours")
    assert may_read([there, here], experience)
    assert not may_read([there], experience)
    assert may_take_in([here], ours.pk)
    assert not may_take_in([], ours.pk)
