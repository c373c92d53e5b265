"""What a search finds, in both languages, and what nobody finds who may not read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Contact, Service
from candour.cases import standings
from candour.cases.models import Case, CaseEntry, CaseWords
from candour.cases.rebuilding import rebuild
from candour.database.row_security import acting_for
from candour.finding import directory, searching
from candour.finding.asking import Asked
from candour.finding.searching import FoundCase
from candour.people.models import Post, User
from tests.support.casework import Town, add, hold_ppm, london, open_at, to_ppm
from tests.support.letters import provider_contacts, sent

pytestmark = pytest.mark.django_db
SECRET = "Nobody trusts the deputy xylophonist"
DAY = london("2026-03-31T15:00")


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    return case


def find(words: str, *bodies: int, **narrowed: object) -> tuple[FoundCase, ...]:
    with acting_for(bodies):
        return searching.in_cases(Asked(words, **narrowed), size=20).items  # type: ignore[arg-type]  # what a test narrows by


def marked(case: FoundCase) -> list[str]:
    return [text.said[start:stop] for text in case.texts for start, stop in text.places]


def evidence(
    town: Town, case: Case, words: str, when: str = "2026-03-20T09:00", **more: str
) -> str:
    data = {"evidence": "professional_email", "what_it_shows": words, "from_whom": "A nurse"}
    return add(town, case, "evidence_added", when, {**data, **more}).entry.id


# -- what is found ------------------------------------------------------------------------------


def test_the_words_of_an_entry_find_its_case_and_show_where(town: Town, case: Case) -> None:
    evidence(town, case, "The medicine charts had gaps on three nights in May.")
    (found,) = find("chart", town.council.pk)
    assert (found.ref, found.named, found.number) == (case.ref, False, 1)
    assert marked(found) == ["charts"], "by its stem, marked as it stands"


def test_what_a_case_is_called_comes_before_what_is_said_in_it(town: Town, case: Case) -> None:
    ward = Service.objects.create(name="Ward 9", provider=town.hospital.provider)
    other = open_at(town, "2026-03-01T09:00", {"title": "Gaps in charts"}, service=ward)
    evidence(town, case, "Gaps in charts again")
    found = find("gaps charts", town.council.pk)
    assert [(each.ref, each.named) for each in found] == [(other.ref, True), (case.ref, False)]


@pytest.mark.parametrize(
    "words", ["chŵyn", "CHWYN", "chwynion", '"chwynion am y bwyd"', "zebra or chwynion", "chwynio"]
)
def test_welsh_is_found_with_accents_and_without(town: Town, case: Case, words: str) -> None:
    evidence(town, case, "Chwynion am y bwyd; chŵyn am y nos.")
    assert [each.ref for each in find(words, town.council.pk)] == [case.ref]


@pytest.mark.parametrize(
    "words", ["", "  ", "-chart", "\x00", "zebra", "chart -gaps", "&|!()", "':*"]
)
def test_nothing_is_found_where_nothing_was_asked_or_fits(
    town: Town, case: Case, words: str
) -> None:
    evidence(town, case, "The chart had gaps.")
    assert find(words, town.council.pk) == ()


def test_a_search_is_narrowed_by_days_and_by_whether_a_case_is_open(town: Town, case: Case) -> None:
    evidence(town, case, "The chart had gaps.", when="2026-03-29T01:30")
    since = london("2026-03-29T00:00")
    assert find("chart", town.council.pk, since=since, until=since + timedelta(hours=23))
    assert not find("chart", town.council.pk, until=since)
    assert not find("chart", town.council.pk, since=since + timedelta(hours=23))
    assert find("chart", town.council.pk, state="open")
    assert not find("chart", town.council.pk, state="closed")


def test_very_common_words_find_the_newest_and_say_that_there_are_more(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(6):
        evidence(town, case, f"Night {place}", when=f"2026-03-2{place}T09:00")
    monkeypatch.setattr(searching, "ENOUGH", 2)
    with acting_for([town.council.pk]):
        found = searching.in_cases(Asked("night"), size=5)
    assert found.more
    assert found.items[0].texts[0].said.startswith("Night 5")


def test_a_search_of_everything_is_one_query_each(town: Town, case: Case) -> None:
    for place in range(5):
        evidence(town, case, f"Night {place}")
    with acting_for([town.council.pk]), CaptureQueriesContext(connection) as asked:
        searching.in_cases(Asked("night"), size=5)
        searching.in_documents(Asked("night"), size=5)
    assert len([each for each in asked if "finding_in" in each["sql"]]) == 2


# -- what holds is found, and nothing else ------------------------------------------------------


def test_what_was_put_right_is_found_by_the_right_words_alone(town: Town, case: Case) -> None:
    wrong = evidence(town, case, "Mr Jenkins fell.")
    data = {"changes": {"what_it_shows": "Mr Watkins fell."}, "why": "Jenkins is another man"}
    right = add(town, case, "correction_made", "2026-03-21T09:00", data, refers_to=(wrong,))
    assert not find("jenkins", town.council.pk)
    assert find("watkins", town.council.pk)
    undone = {"withdraws": True, "why": "It was right before"}
    add(town, case, "correction_made", "2026-03-22T09:00", undone, refers_to=(right.entry.id,))
    assert find("jenkins", town.council.pk)
    assert not find("watkins", town.council.pk)
    add(town, case, "correction_made", "2026-03-23T09:00", undone, refers_to=(wrong,))
    assert not find("jenkins", town.council.pk), "withdrawn, so it is found no more"


def test_rebuilding_from_the_log_gives_the_same_words(town: Town, case: Case) -> None:
    wrong = evidence(town, case, "Mr Jenkins fell.")
    data = {"changes": {"what_it_shows": "Mr Watkins fell."}, "why": "Another man"}
    add(town, case, "correction_made", "2026-03-21T09:00", data, refers_to=(wrong,))
    standings.forget_all()
    assert [each.differences for each in rebuild()] == [()]
    with acting_for([town.council.pk]):
        before = set(CaseWords.objects.values_list("name", "said", "kept"))
        CaseWords.objects.filter(said__contains="Watkins").update(said="Mr Jenkins fell.")
        CaseWords.objects.filter(sort="case").delete()
    (again,) = rebuild()
    assert {found.what for found in again.differences} == {"words"}
    with acting_for([town.council.pk]):
        assert set(CaseWords.objects.values_list("name", "said", "kept")) == before
        assert not CaseWords.objects.exclude(entry__in=CaseEntry.objects.values("id")).exists()


# -- what would take long -----------------------------------------------------------------------


def test_where_there_is_much_a_search_says_how_far_back_it_looked(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence(town, case, "The night medicine was late.", "2026-03-10T09:00")
    evidence(town, case, "Nothing new was seen.", "2026-03-31T09:00")
    monkeypatch.setattr(searching, "NEWEST", 1)
    monkeypatch.setattr(searching, "WITHIN", 0)
    with acting_for([town.council.pk]):
        lately = searching.in_cases(Asked('"night medicine"'), size=5)
        of_all = searching.in_cases(Asked('"night medicine"', far=True), size=5)
    assert (lately.items, lately.total) == ((), 0)
    assert lately.since is not None
    assert london("2026-03-10T09:00") < lately.since < london("2026-03-30T09:00")
    assert [each.ref for each in of_all.items] == [case.ref]
    assert of_all.since is None


def test_where_there_is_little_all_of_it_is_looked_through_whatever_it_takes(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence(town, case, "The night medicine was late.", "2026-03-10T09:00")
    monkeypatch.setattr(searching, "WITHIN", 0)
    with acting_for([town.council.pk]):
        found = searching.in_cases(Asked('"night medicine"'), size=5)
    assert ([each.ref for each in found.items], found.since) == ([case.ref], None)


# -- who finds what -----------------------------------------------------------------------------


def test_another_body_finds_nothing_and_counts_nothing(town: Town, case: Case) -> None:
    evidence(town, case, SECRET)
    for bodies in ((town.elsewhere.pk,), (town.healthwatch.pk, town.elsewhere.pk), ()):
        with acting_for(bodies):
            found = searching.in_cases(Asked("xylophonist"), size=5)
            assert (found.items, found.total, found.more) == ((), 0, False)
            assert searching.in_documents(Asked("falls"), size=5).total == 0


def test_the_function_that_runs_as_the_owner_answers_only_for_the_bodies_acted_for(
    town: Town, case: Case
) -> None:
    evidence(town, case, SECRET)
    sql = (
        "SELECT count(*) FROM finding_in_cases"
        "('xylophonist', 'entry', NULL, NULL, 'all', 9, 9, NULL)"
    )
    for bodies, number in (((), 0), ((town.elsewhere.pk,), 0), ((town.council.pk,), 1)):
        with acting_for(bodies), connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.fetchone() == (number,)


def test_marks_of_the_index_cannot_be_typed(town: Town, case: Case) -> None:
    for words in (f"\x01b{town.council.pk}", f"b{town.council.pk}", "\x01sentry", "sentry"):
        assert not find(words, town.elsewhere.pk)
        assert not find(words, town.council.pk)


# -- documents, services, people ----------------------------------------------------------------


def test_a_letter_is_found_by_its_words_and_shown_once(town: Town, case: Case) -> None:
    hold_ppm(town, case)
    provider_contacts(town)
    letter = sent(town, case).letter
    with acting_for([town.council.pk]):
        found = searching.in_documents(Asked('"Plas Derwen"'), size=9)
    assert [(text.source, text.id) for text in found.items] == [("letter", str(letter.pk))]
    assert found.items[0].places
    with acting_for([town.elsewhere.pk]):
        assert searching.in_documents(Asked('"Plas Derwen"'), size=9).total == 0


def test_minutes_are_documents(town: Town, case: Case) -> None:
    held = hold_ppm(town, case).entry.id
    data = {"part": "minutes", "to": ["Health board"], "text": "The xylophone was agreed."}
    add(town, case, "minutes_circulated", "2026-03-31T09:00", data, refers_to=(held,))
    with acting_for([town.council.pk]):
        (found,) = searching.in_documents(Asked("xylophones"), size=9).items
        assert (found.source, found.what) == ("entry", "minutes_circulated")
        assert searching.in_cases(Asked("xylophones"), size=9).total == 0


def test_services_come_with_the_cases_that_the_reader_may_see(town: Town, case: Case) -> None:
    with acting_for([town.council.pk]):
        (found,) = directory.services(Asked("derwen plas"), DAY.date())
        assert [(ref, is_open) for ref, _title, is_open in found.cases] == [(case.ref, True)]
    with acting_for([town.elsewhere.pk]):
        (found,) = directory.services(Asked("plas der"), DAY.date())
        assert found.cases == ()
    Service.objects.filter(pk=town.service.pk).update(to_date="2026-01-31")
    assert directory.services(Asked("plas"), DAY.date()) == []


def test_people_are_found_by_name_role_and_body_at_one_s_own_body_and_in_the_directory(
    town: Town,
) -> None:
    provider_contacts(town)
    mine = [town.council.pk]

    def names(words: str, bodies: list[int] = mine) -> list[str]:
        return [each.name for each in directory.people(Asked(words), bodies, DAY.date())]

    assert names("ieuan monitoring") == ["Ieuan Rees"]
    assert names("responsible individual derwen") == ["Gwenllian Huws"]
    assert names("olwen") == [], "she works elsewhere"
    assert names("gwenllian", []) == [], "nobody without a post finds anybody"
    assert names("%") == names("_") == [], "no wildcards"
    Post.objects.filter(user=town.ieuan).update(to_date="2026-03-30")
    Contact.objects.update(from_date="2026-04-01")
    assert names("ieuan") == names("gwenllian") == []
    User.objects.filter(pk=town.mari.pk).update(is_active=False)
    assert names("mari") == []
