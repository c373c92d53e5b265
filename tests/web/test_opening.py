"""Opening a case: procedure, service, questions; refused with reasons and nothing typed lost."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from candour import policies
from candour.bodies.models import Body, BodyFunction, Function, Service, Succession
from candour.cases import queries
from candour.cases.actions import open_case
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Refusal
from candour.engine.for_bodies import FUNCTIONS
from candour.experiences.models import Experience
from candour.people.models import Post, User
from tests.support.casework import Town, draft, london, open_at
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-09T09:00:30")


def answers(town: Town, **more: object) -> dict[str, object]:
    mine = Post.objects.get(user=town.mari, role="lead_officer")
    return {
        "key": str(uuid4()),
        "safeguarding_risk": "no",
        "title": "Falls at night",
        "lead_agency": "Cardiff Council",
        "nursing": "yes",
        "entry-when-day": "9",
        "entry-when-month": "3",
        "entry-when-year": "2026",
        "entry-when-time": "9:00",
        "entry-post": str(mine.pk),
        **more,
    }


def address(service: Service) -> str:
    return f"/cases/open/?procedure=cardiff_vale&service={service.pk}"


def cases_of(town: Town) -> list[Case]:
    with acting_for([town.council.pk, town.healthwatch.pk]):
        return list(Case.objects.all())


def test_only_procedures_that_know_the_persons_post_are_offered(
    town: Town, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get("/cases/open/")
    assert b"Cardiff and the Vale" in answer.content
    assert b"Healthwatch" not in answer.content.split(b"<main")[1]


def test_the_only_procedure_is_not_asked_for(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policies, "available", lambda: ["cardiff_vale", "healthwatch_england"])
    answer = signed_in(town.sam).get("/cases/open/?experience=4")
    assert answer.status_code == 302
    assert answer["Location"] == "/cases/open/?procedure=healthwatch_england&experience=4"


def offered_to_sam(signed_in: Browser, town: Town) -> set[str]:
    page = signed_in(town.sam).get("/cases/open/").content.decode()
    return {
        name
        for name in policies.available()
        if f"procedure={name}&" in page or f'value="{name}"' in page
    }


def test_a_procedure_is_offered_to_the_bodies_that_it_is_of(town: Town, signed_in: Browser) -> None:
    shared = {"healthwatch_england", "healthwatch_network"}
    derbyshire = {"healthwatch_derbyshire", "healthwatch_derbyshire_year"}
    assert offered_to_sam(signed_in, town) == shared
    town.in_derbyshire()
    assert offered_to_sam(signed_in, town) == shared | derbyshire
    BodyFunction.objects.filter(body=town.healthwatch).update(to_date="2026-03-08")
    assert offered_to_sam(signed_in, town) == set()


def test_a_successor_takes_the_procedure_over_with_the_function(
    town: Town, signed_in: Browser
) -> None:
    ended = Body.objects.create(name="Healthwatch Derbyshire", nation="england", slug="hd")
    Succession.objects.create(
        predecessor=ended, successor=town.healthwatch, function="patient_voice", on="2026-03-09"
    )
    assert "healthwatch_derbyshire" in offered_to_sam(signed_in, town)
    Succession.objects.update(on="2026-03-10")
    assert "healthwatch_derbyshire" not in offered_to_sam(signed_in, town)


def test_packs_and_the_directory_mean_the_same_functions() -> None:
    assert set(FUNCTIONS) == set(Function.values)


def test_no_case_is_opened_under_another_bodys_procedure(town: Town) -> None:
    at = london("2026-03-09T09:00")

    def refused(name: str) -> str:
        with acting_for([town.healthwatch.pk]):
            answer = open_case(
                actor=town.actor(town.sam, "lead_officer"),
                procedure=policies.load(name),
                body=town.healthwatch,
                service=town.hospital,
                draft=draft("case_opened", at, {}),
                as_of=at,
            )
        assert isinstance(answer, Refusal)
        return str(answer)

    assert "the directory knows this body as Healthwatch Ely" in refused("healthwatch_derbyshire")
    BodyFunction.objects.all().delete()
    assert "not for a body with the functions that Healthwatch Ely has" in refused(
        "healthwatch_derbyshire"
    )


def test_somebody_without_a_post_is_told_so(town: Town, signed_in: Browser) -> None:
    assert b"You cannot open a case yet" in signed_in(town.dilys).get("/cases/open/").content


def test_a_service_is_found_by_part_of_its_name(town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    found = browser.get("/cases/open/?procedure=cardiff_vale&q=derw").content.decode()
    assert f"?procedure=cardiff_vale&amp;service={town.service.pk}" in found
    assert "Ely General" not in found
    nothing = browser.get("/cases/open/?procedure=cardiff_vale&q=nowhere").content.decode()
    assert "No open service in the directory has “nowhere” in its name" in nothing


def test_what_the_directory_knows_is_filled_in(town: Town, signed_in: Browser) -> None:
    page = signed_in(town.mari).get(address(town.service)).content.decode()
    assert 'id="lead_agency" name="lead_agency" type="text" value="Cardiff Council"' in page
    assert 'id="nursing" name="nursing" type="radio" value="yes" checked' in page


def test_the_safeguarding_question_is_first_and_advises_at_once(
    town: Town, signed_in: Browser
) -> None:
    page = signed_in(town.mari).get(address(town.service)).content.decode()
    assert page.index('name="safeguarding_risk"') < page.index('name="title"')
    advice = page.split('id="safeguarding_risk-advice"')[1].split("</div>")[0]
    assert "ring 999 first" in advice
    assert "Advice from safeguarding, at once" in advice


def test_a_case_is_opened_and_the_way_leads_to_it(town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    answer = browser.post(address(town.service), answers(town), follow=True)
    (case,) = cases_of(town)
    assert answer.redirect_chain == [(f"/cases/{case.ref}/", 302)]
    assert case.title == "Falls at night"
    assert case.service == town.service
    assert "Recorded: Case opened: Falls at night." in answer.content.decode()


def test_an_answer_of_yes_makes_the_advice_due(town: Town, signed_in: Browser) -> None:
    typed = answers(town, safeguarding_risk="yes")
    answer = signed_in(town.mari).post(address(town.service), typed, follow=True)
    assert "Now due Mon 9 Mar 2026, 9am: Advice from safeguarding, at once" in (
        answer.content.decode()
    )


def test_sent_twice_it_is_one_case(town: Town, signed_in: Browser) -> None:
    browser, typed = signed_in(town.mari), answers(town)
    first = browser.post(address(town.service), typed)
    second = browser.post(address(town.service), typed)
    assert first["Location"] == second["Location"]
    assert len(cases_of(town)) == 1


def test_a_second_live_case_is_refused_by_name_and_clause_and_nothing_is_lost(
    town: Town, signed_in: Browser
) -> None:
    first = open_at(town, "2026-03-02T09:00")
    typed = answers(town, title="Typed with care", summary="At length")
    answer = signed_in(town.mari).post(address(town.service), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert first.ref in page
    assert f'href="/cases/{first.ref}/"' in page
    assert "CV-14" in page
    assert "Typed with care" in page
    assert "At length" in page
    assert f'name="key" value="{typed["key"]}"' in page
    assert len(cases_of(town)) == 1


def test_what_is_missing_is_said_beside_its_field(town: Town, signed_in: Browser) -> None:
    typed = answers(town, safeguarding_risk="", title="", summary="Kept")
    answer = signed_in(town.mari).post(address(town.service), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#title">Title: fill this in</a>' in page
    assert 'id="safeguarding_risk-error"' in page
    assert "Kept" in page
    assert cases_of(town) == []


def test_a_case_cannot_be_opened_in_the_future(town: Town, signed_in: Browser) -> None:
    typed = answers(town, **{"entry-when-year": "2027"})
    answer = signed_in(town.mari).post(address(town.service), typed)
    assert '<a href="#entry-when">This lies in the future' in answer.content.decode()
    assert cases_of(town) == []


HEALTHWATCH = "/cases/open/?procedure=healthwatch_england&service="


def scoped(scope: str) -> dict[str, object]:
    return {
        "key": str(uuid4()),
        "title": "Waits on the ward",
        "scope": scope,
        "scope_reason": "Nine people told us the same.",
        "safeguarding_considered": "none_needed",
        "entry-when-day": "9",
        "entry-when-month": "3",
        "entry-when-year": "2026",
        "entry-when-time": "",
    }


def test_one_persons_circumstances_are_sent_elsewhere(town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.sam)
    answer = browser.post(f"{HEALTHWATCH}{town.hospital.pk}", scoped("one_person"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "complaints procedure" in page
    assert "HE-01" in page
    assert cases_of(town) == []


def test_the_answer_to_the_scope_test_is_kept(town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.sam)
    browser.post(f"{HEALTHWATCH}{town.hospital.pk}", scoped("several_people"))
    (case,) = cases_of(town)
    with acting_for([town.healthwatch.pk]):
        (entry,) = queries.entries(case)
    assert entry.data["scope"] == "several_people"
    assert entry.data["scope_reason"] == "Nine people told us the same."


# -- from what people told -----------------------------------------------------------------------


def told(town: Town, body: Body, words: str) -> Experience:
    with acting_for([body.pk]):
        return Experience.objects.create(
            body=body,
            source="form",
            source_ref=str(uuid4()),
            answer=words,
            created_at=london("2026-03-01T09:00"),
        )


def test_a_case_opened_from_experiences_stays_linked_to_them(
    town: Town, signed_in: Browser
) -> None:
    first = told(town, town.healthwatch, "Nobody came for two hours.")
    second = told(town, town.healthwatch, "No water within reach.")
    address = f"{HEALTHWATCH}{town.hospital.pk}&experience={first.pk}&experience={second.pk}"
    browser = signed_in(town.sam)
    form = browser.get(address)
    assert "It rests on 2 experiences" in read(form)
    typed = scoped("several_people")
    page = read(browser.post(address, typed, follow=True))
    assert "Nobody came for two hours." in page
    assert "No water within reach." in page
    (case,) = cases_of(town)
    with acting_for([town.healthwatch.pk]):
        assert set(queries.linked_experiences(case.pk)) == {first.pk, second.pk}
    browser.post(address, typed)
    with acting_for([town.healthwatch.pk]):
        assert len(queries.entries(Case.objects.get())) == 2


def test_experiences_of_another_body_cannot_be_linked(town: Town, signed_in: Browser) -> None:
    other = told(town, town.council, "Not theirs to see.")
    address = f"{HEALTHWATCH}{town.hospital.pk}&experience={other.pk}"
    assert signed_in(town.sam).get(address).status_code == 404
    assert signed_in(town.sam).post(address, scoped("several_people")).status_code == 404
    assert cases_of(town) == []


def test_the_search_for_a_service_keeps_the_experiences(town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.sam)
    page = main_of(browser.get("/cases/open/?procedure=healthwatch_england&q=ward&experience=7"))
    assert '<input type="hidden" name="experience" value="7">' in page
    assert f"experience=7&amp;service={town.hospital.pk}" in page
