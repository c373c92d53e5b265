"""Receipts: a code that is kept nowhere, and what somebody does with it."""

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.actions.looking import look
from candour.experiences.models import ExperienceSign, SignState
from candour.sealing.keeping import of_experience, sealed_for
from candour.sealing.models import Purpose
from candour.site import clock
from candour.telling.actions import ask
from candour.telling.models import AboutPerson, Message, Told
from candour.telling.receipt_codes import CHOSEN, SIGNS, NoReceipt, code_of, read_code
from tests.support.casework import CONCERN, Town, add, open_at
from tests.telling.conftest import Filling, opened

Rows = Callable[[Body], list[Told]]
ABOUT = {
    "about": {"about": "yes"},
    "about-age": {"about_age": "65_79"},
    "about-gender": {"about_gender": "prefer_not"},
}
REACHED = {
    "reply": {"reply": "yes"},
    "contact": {
        "contact_name": "Gwenllian Parry",
        "contact_email": "gwen@example.org",
        "contact_provider": "contact_provider",
    },
}


def code_on(page: Any) -> str:
    words: str = page.content.decode()
    return words.split('name="code" value="')[1].split('"', maxsplit=1)[0]


def comes_back(code: str, language: str = "en", **more: Any) -> Any:
    return Client().post(f"/tell/receipt/{language}/", {"code": code, **more})


@pytest.fixture
def code(filling: Filling) -> str:
    filling.all(**ABOUT, **REACHED)
    return code_on(filling.get("sent"))


def test_what_was_told_in_the_other_language_says_in_which(code: str) -> None:
    """WCAG 2.2, 3.1.2: a screen reader says English words as English on the Welsh page."""
    same, other = (comes_back(code, language).content.decode() for language in ("en", "cy"))
    marked = '<p class="govuk-body app-lines" lang="en">'
    assert marked in other
    assert marked not in same


def test_a_code_has_no_sign_that_is_taken_for_another() -> None:
    assert not set(SIGNS) & set("01OIBDPTSZ")
    assert len(read_code(code_of("any"))) == CHOSEN + 1 + 3


def test_a_sign_that_is_wrong_and_two_that_are_swapped_are_noticed() -> None:
    dice = random.Random(7)  # noqa: S311  # to be the same again, not secret
    for number in range(200):
        bare = code_of(str(number)).replace("-", "")
        at = dice.randrange(len(bare))
        wrong = bare[:at] + dice.choice([s for s in SIGNS if s != bare[at]]) + bare[at + 1 :]
        with pytest.raises(NoReceipt):
            read_code(wrong)
        one, other = sorted(dice.sample(range(CHOSEN), 2))
        if bare[one] != bare[other]:
            swapped = list(bare)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            with pytest.raises(NoReceipt):
                read_code("".join(swapped))


def test_it_is_read_however_it_is_typed() -> None:
    written = code_of("any")
    assert read_code(written.lower().replace("-", "  ")) == written


def test_the_database_holds_nothing_from_which_a_code_could_be_made(
    town: Town, code: str, told_rows: Rows
) -> None:
    (told,) = told_rows(town.healthwatch)
    for kept in (
        bytes(told.receipt_hash),
        bytes(told.key_hash),
        told.experience.source_ref.encode(),
    ):
        assert code.replace("-", "").encode() not in kept


def test_who_they_are_is_sealed_and_comes_out_of_their_words(
    town: Town, filling: Filling, told_rows: Rows
) -> None:
    filling.all(**REACHED, what={"what": "I am Gwenllian Parry and the food was cold."})
    (told,) = told_rows(town.healthwatch)
    assert "Gwenllian" not in told.experience.answer
    assert "the food was cold" in told.experience.answer
    with acting_for([town.healthwatch.pk]):
        context = of_experience(told.experience_id)
        assert sealed_for([context], Purpose.PERSON) == {context}
        assert sealed_for([context], Purpose.WORDS) == {context}


def test_danger_is_on_top_of_a_list_at_once(town: Town, filling: Filling, told_rows: Rows) -> None:
    filling.all(**{"": {"danger": "yes"}})
    (told,) = told_rows(town.healthwatch)
    with acting_for([town.healthwatch.pk]):
        (sign,) = ExperienceSign.objects.all()
    assert (sign.experience_id, sign.raised_by, sign.state) == (
        told.experience_id,
        "teller",
        "waiting",
    )


def test_what_they_add_is_looked_through_for_signs_that_somebody_is_not_safe(
    town: Town, code: str, told_rows: Rows
) -> None:
    (told,) = told_rows(town.healthwatch)
    actor = town.actor(town.sam, "lead_officer")
    comes_back(code, do="add", words="The soup was better today.", key=str(uuid4()))
    with acting_for([town.healthwatch.pk]):
        assert not ExperienceSign.objects.exists()
    comes_back(code, do="add", words="Now a nurse hit me.", key=str(uuid4()))
    with acting_for([town.healthwatch.pk]):
        sign = ExperienceSign.objects.get(experience=told.experience_id)
        assert (sign.state, sign.raised_by, sign.past) == ("waiting", "rules", False)
        look(sign, SignState.NO_CONCERN, reason="A slip", actor=actor, as_of=clock.now())
    comes_back(code, do="add", words="I want to kill myself.", key=str(uuid4()))
    with acting_for([town.healthwatch.pk]):
        sign.refresh_from_db()
    assert (sign.state, sign.sorts[0], len(sign.found)) == ("waiting", "self_harm", 2)


def test_coming_back_shows_what_they_told(code: str) -> None:
    page = comes_back(code).content.decode()
    assert "You told us" in page
    assert "very slow" in page


def test_in_welsh_too(code: str) -> None:
    assert "Dywedoch wrthym" in comes_back(code, "cy").content.decode()


@pytest.mark.parametrize("typed", ["", "2222-2222-2222-2223", "not a code", "ß" * 16])
def test_what_is_no_code_leads_nowhere(town: Town, typed: str) -> None:
    assert comes_back(typed).status_code == 422


def test_codes_cannot_be_tried_one_after_another(town: Town) -> None:
    tries = [comes_back(code_of(str(number))).status_code for number in range(22)]
    assert tries[0] == 422
    assert tries[-1] == 429


def test_a_question_of_staff_is_answered(town: Town, code: str, told_rows: Rows) -> None:
    (told,) = told_rows(town.healthwatch)
    key = uuid4()
    actor = town.actor(town.sam, "lead_officer")
    assert ask(told, Message.Sort.QUESTION, "Which ward?", key=key, actor=actor, as_of=clock.now())
    assert "Which ward?" in comes_back(code).content.decode()
    more = {"do": "answer", "question": str(key), "words": "Ward 3", "key": str(uuid4())}
    comes_back(code, **more)
    page = comes_back(code, **more).content.decode()
    assert "Ward 3" in page
    assert "Your answer" not in page
    with acting_for([town.healthwatch.pk]):
        assert Message.objects.count() == 2


def test_signs_in_what_they_add_put_it_on_the_list_again(
    town: Town, code: str, told_rows: Rows
) -> None:
    comes_back(code, do="add", words="The food is better.", key=str(uuid4()))
    with acting_for([town.healthwatch.pk]):
        assert not ExperienceSign.objects.exists()
    once = {"do": "add", "words": "A carer slapped my mum, Siân.", "key": str(uuid4())}
    comes_back(code, **once)
    with acting_for([town.healthwatch.pk]):
        sign = ExperienceSign.objects.get()
        assert sign.found == [{"sort": "abuse", "words": "slapped my mum"}]
        assert (sign.state, sign.raised_by, sign.told_at) == ("waiting", "rules", None)
        actor = town.actor(town.sam, "lead_officer")
        look(sign, SignState.NO_CONCERN, reason="Seen to.", actor=actor, as_of=clock.now())
        ExperienceSign.objects.update(told_at=clock.now())
    comes_back(code, **once)  # sent twice
    with acting_for([town.healthwatch.pk]):
        assert ExperienceSign.objects.get().state == "no_concern"
    comes_back(code, do="add", words="She was left in her own urine.", key=str(uuid4()))
    with acting_for([town.healthwatch.pk]):
        sign = ExperienceSign.objects.get()
        assert (sign.state, sign.sorts, sign.told_at) == ("waiting", ["abuse", "neglect"], None)
        assert sign.looks.count() == 1


def test_withdrawing_destroys_words_and_identity(town: Town, code: str, told_rows: Rows) -> None:
    comes_back(code, do="add", words="One more thing", key=str(uuid4()))
    assert comes_back(code, do="withdraw").status_code == 422
    page = comes_back(code, do="withdraw", sure="yes").content.decode()
    assert "You have taken it back." in page
    assert "very slow" not in page
    (told,) = told_rows(town.healthwatch)
    assert told.experience.answer == ""
    assert told.experience.out_because == "withdrawn"
    with acting_for([town.healthwatch.pk]):
        assert not AboutPerson.objects.exists()
        assert not Message.objects.exists()
        for purpose in (Purpose.PERSON, Purpose.WORDS):
            assert not sealed_for([of_experience(told.experience_id)], purpose)
        newest = {each.kind: each.given for each in told.consents.order_by("pk")}
    assert not any(newest.values())
    assert comes_back(code, do="add", words="Again", key=str(uuid4())).status_code == 422


def test_in_a_case_the_clean_words_stay_and_the_identity_goes(town: Town, told_rows: Rows) -> None:
    opened(town, body=town.council)
    council = Filling(slug="cardiff")
    council.all(**REACHED)
    code = code_on(council.get("sent"))
    (told,) = told_rows(town.council)
    case = open_at(town, "2026-03-30T09:00")
    add(town, case, "concern_raised", "2026-03-30T09:10", CONCERN)
    link = {"experiences": [str(told.experience_id)]}
    add(town, case, "experience_linked", "2026-03-30T09:20", link)
    assert "We raised it" in comes_back(code).content.decode()
    assert "Three falls" not in comes_back(code).content.decode()
    page = comes_back(code, do="withdraw", sure="yes").content.decode()
    assert "the words without your name stay" in page
    (told,) = told_rows(town.council)
    assert told.experience.answer.startswith("The ward was kind")
    with acting_for([town.council.pk]):
        assert not sealed_for([of_experience(told.experience_id)], Purpose.PERSON)


def test_a_receipt_as_text_is_looked_up_nowhere(db: None, now: None) -> None:
    file = Client().post("/tell/receipt/en/receipt.txt", {"code": code_of("any")})
    assert file["Content-Disposition"] == 'attachment; filename="receipt.txt"'
    assert code_of("any") in file.content.decode()
    assert Client().get("/tell/receipt/en/receipt.txt").status_code == 302
