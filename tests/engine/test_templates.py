"""Templates: who may get what is written for whom."""

from dataclasses import replace

import pytest

from candour.engine.templates import (
    MAY_GET,
    RECIPIENTS,
    ROLE,
    Audience,
    RecipientRule,
    Recording,
    Template,
    wrong_recipients,
)
from candour.engine.vocabulary import KINDS, SENDING
from candour.engine.words import Words
from tests.engine.small import PROCEDURE


def template(audience: Audience, *to: str, copied_to: tuple[str, ...] = ()) -> Template:
    return Template(
        "letter",
        "letter",
        audience,
        Words("Subject", "Pwnc"),
        Words("Text", "Testun"),
        to=tuple(RecipientRule(name) for name in to),
        copied_to=tuple(RecipientRule(name) for name in copied_to),
    )


@pytest.mark.parametrize("provider", ["provider", "responsible_individual"])
def test_what_members_are_told_goes_to_no_provider(provider: str) -> None:
    wrong = wrong_recipients(template(Audience.MEMBERS, "members", provider))
    assert [str(rule) for rule in wrong] == [provider]


def test_a_copy_is_judged_as_the_letter_is() -> None:
    copied = template(Audience.PARTNERS, "regulator", copied_to=("families",))
    assert [rule.name for rule in wrong_recipients(copied)] == ["families"]


def test_what_the_reporter_gets_goes_to_nobody_else_outside() -> None:
    mixed = template(Audience.PEOPLE, "reporter", copied_to=("provider",))
    assert [rule.name for rule in wrong_recipients(mixed)] == ["provider"]
    alone = template(Audience.PEOPLE, "reporter")
    assert not list(wrong_recipients(alone))


def test_every_audience_says_who_may_get_it() -> None:
    assert set(MAY_GET) == set(Audience)
    assert all(names <= {*RECIPIENTS, ROLE} for names in MAY_GET.values())


def test_a_role_is_named_beside_its_rule() -> None:
    assert str(RecipientRule(ROLE, "chair")) == "role chair"
    assert str(RecipientRule("provider")) == "provider"


def test_kinds_that_leave_the_building_note_how_they_went() -> None:
    for name in SENDING:
        system = {known.name for known in KINDS[name].fields if known.by_system}
        assert {"letter", "delivery"} <= system, name
        assert KINDS[name].field("legal_basis") is not None


def test_letters_are_found_by_what_their_sending_records() -> None:
    told = replace(
        template(Audience.PARTNERS, "regulator"), id="told", records=Recording("notice_sent")
    )
    procedure = replace(
        PROCEDURE, templates={"told": told, "paper": template(Audience.MEMBERS, "members")}
    )
    assert procedure.templates_recording == {"notice_sent": (told,)}
