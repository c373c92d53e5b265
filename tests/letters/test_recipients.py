"""Who gets a letter: the rule resolved, what a person decides, and who never gets it."""

from dataclasses import replace

import pytest

from candour.bodies.models import Body, BodyFunction, Contact, ServiceArea
from candour.cases.models import Case
from candour.cases.procedures import procedure_named
from candour.database.row_security import acting_for
from candour.engine import Refusal, fold
from candour.engine.templates import Audience, RecipientRule, Template
from candour.letters.actions import (
    Kept,
    Sent,
    approve_second,
    ask_second,
    confirm_recipients,
    decline_second,
    edit_draft,
    send,
)
from candour.letters.actions.housing import House, save_house
from candour.letters.allowing import bars
from candour.letters.models import LetterDraft
from candour.letters.recipients import Chosen, Known, Way
from candour.letters.resolving import proposed
from candour.letters.texts import LetterText
from candour.letters.work import Work
from candour.mail.models import MailMessage
from tests.engine.small import entry
from tests.support.casework import Town, add
from tests.support.letters import (
    AFTER,
    RI_EMAIL,
    all_of,
    begun,
    choose,
    colleague,
    confirmed,
    officer,
    outsider,
    pressing,
    work_on,
)
from tests.support.who_is_who import make_area

pytestmark = pytest.mark.django_db
HOUSE = House("", "", "", "", "", "", "", "", "", second_person=False)


def _rule(town: Town, case: Case, *rules: RecipientRule) -> list[tuple[str, str, Known]]:
    work = work_on(begun(town, case))
    template = replace(work.template, to=rules, copied_to=())
    found = proposed(template, work.standing, work.directory)
    return [(line.body or line.role, line.email, line.known) for line in found]


def test_the_responsible_individual_and_the_manager_come_from_the_directory(
    town: Town, case: Case
) -> None:
    lines = work_on(begun(town, case)).proposed
    assert [(line.rule, line.name, line.email) for line in lines] == [
        ("responsible_individual", "Gwenllian Huws", RI_EMAIL),
        ("provider", "Aled Jones", "aled@derwen.example"),
    ]


def test_a_line_without_address_stays(town: Town, case: Case) -> None:
    Contact.objects.filter(role="responsible_individual").delete()
    line = work_on(begun(town, case)).proposed[0]
    assert (line.role, line.email, line.body) == ("responsible individual", "", "Derwen Care")


def test_a_contact_that_ended_is_not_written_to(town: Town, case: Case) -> None:
    Contact.objects.filter(role="responsible_individual").update(to_date="2026-03-30")
    assert work_on(begun(town, case)).proposed[0].email == ""


def test_the_regulator_is_that_of_the_nation(town: Town, case: Case) -> None:
    for name, nation in (
        ("Care Inspectorate Wales", "wales"),
        ("Care Quality Commission", "england"),
    ):
        body = Body.objects.create(name=name, nation=nation, slug=nation)
        BodyFunction.objects.create(body=body, function="regulator")
        Contact.objects.create(body=body, role="enquiries", email=f"hello@{nation}.example")
    assert _rule(town, case, RecipientRule("regulator")) == [
        ("Care Inspectorate Wales", "hello@wales.example", Known.DIRECTORY)
    ]


def test_a_regulator_is_named_and_the_regional_manager_is_healthwatch_englands(
    town: Town, case: Case
) -> None:
    for name, function, desk in (
        ("Care Quality Commission", "regulator", "enquiries"),
        ("Ofsted", "regulator", "enquiries"),
        ("Healthwatch England", "national_voice", "regional_manager"),
    ):
        body = Body.objects.create(name=name, nation="wales", slug=name.lower().replace(" ", "-"))
        BodyFunction.objects.create(body=body, function=function)
        Contact.objects.create(body=body, role=desk, email=f"{body.slug}@example.org")
    for rule, who in (
        ("cqc", "Care Quality Commission"),
        ("cqc_enquiries", "Care Quality Commission"),
        ("ofsted", "Ofsted"),
        ("cqc_regional_manager", "Healthwatch England"),
    ):
        assert [found[0] for found in _rule(town, case, RecipientRule(rule))] == [who]


def test_the_regulator_is_the_one_that_the_case_names(town: Town, case: Case) -> None:
    for name in ("Care Quality Commission", "Ofsted"):
        body = Body.objects.create(name=name, nation="wales", slug=name.lower().replace(" ", "-"))
        BodyFunction.objects.create(body=body, function="regulator")
    work = work_on(begun(town, case))
    template = replace(work.template, to=(RecipientRule("regulator"),), copied_to=())
    said = {"title": "A", "service": "B", "safeguarding_risk": False, "regulator": "ofsted"}
    opened = replace(entry("case_opened", "2026-04-01"), data=said, role="lead_officer")
    standing = fold(procedure_named("healthwatch_derbyshire", "1"), [opened])
    lines = proposed(template, standing, work.directory)
    assert [(line.rule, line.body) for line in lines] == [("regulator", "Ofsted")]


def test_every_commissioner_of_the_area_is_proposed(town: Town, case: Case) -> None:
    BodyFunction.objects.create(body=town.council, function="commissioner", area="Cardiff")
    board = Body.objects.create(name="Cardiff and Vale UHB", nation="wales", slug="uhb")
    BodyFunction.objects.create(
        body=board, function="commissioner", area="Cardiff and the Vale of Glamorgan"
    )
    BodyFunction.objects.create(body=town.elsewhere, function="commissioner", area="Powys")
    found = _rule(town, case, RecipientRule("commissioners"))
    assert [name for name, _, _ in found] == ["Cardiff Council", "Cardiff and Vale UHB"]


def test_routes_of_the_directory_go_before_names_of_areas(town: Town, case: Case) -> None:
    """The board's area has another name than the council's, and takes it in all the same."""
    around = make_area("W11", "The Estuary")
    here = make_area(wider=around)
    BodyFunction.objects.create(body=town.elsewhere, function="commissioner", area="Cardiff")
    ServiceArea.objects.create(service=town.service, area=here)
    board = Body.objects.create(name="Estuary Board", nation="wales", slug="board")
    desk = Contact.objects.create(body=board, role="beds", email="beds@board.example")
    Contact.objects.create(body=board, role="enquiries", email="hello@board.example")
    rows = ((board, around, desk, "both"), (town.council, here, None, "children"))
    for body, place, by, people in rows:
        BodyFunction.objects.create(
            body=body, function="commissioner", place=place, contact=by, people=people
        )
    assert _rule(town, case, RecipientRule("commissioners")) == [
        ("Estuary Board", "beds@board.example", Known.DIRECTORY)
    ]
    BodyFunction.objects.create(body=town.elsewhere, function="commissioner", service=town.service)
    found = _rule(town, case, RecipientRule("commissioners"))
    assert [name for name, _, _ in found] == ["Powys Council"]


def test_a_regulator_that_the_case_names_is_found_though_its_route_is_for_others(
    town: Town, case: Case
) -> None:
    here = make_area()
    ServiceArea.objects.create(service=town.service, area=here)
    for name, people in (("Care Quality Commission", "both"), ("Ofsted", "children")):
        body = Body.objects.create(name=name, nation="wales", slug=name.lower().replace(" ", "-"))
        BodyFunction.objects.create(body=body, function="regulator", place=here, people=people)
    assert [found[0] for found in _rule(town, case, RecipientRule("regulator"))] == [
        "Care Quality Commission"
    ]
    named = [found[0] for found in _rule(town, case, RecipientRule("ofsted"))]
    assert named == ["Ofsted"]


def test_a_role_is_whoever_holds_the_post(town: Town, case: Case) -> None:
    town.ieuan.email = "ieuan@cardiff.example"
    town.ieuan.save()
    assert _rule(town, case, RecipientRule("role", "chair")) == [
        ("Cardiff Council", "ieuan@cardiff.example", Known.POST)
    ]


def test_members_are_those_invited_and_never_the_providers_people(town: Town, case: Case) -> None:
    """The manager and the responsible individual were invited to the second part of the PPM."""
    found = _rule(town, case, RecipientRule("members"))
    assert [name for name, _, _ in found] == ["Cardiff Council", "Health board"]
    assert found[1][2] is Known.CASE


@pytest.mark.parametrize(
    "email", ["ri@derwen.example", "RI@Derwen.Example", "payroll@derwen.example"]
)
@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.PARTNERS])
def test_an_address_of_the_provider_never_gets_what_is_for_the_agencies(
    town: Town, case: Case, email: str, audience: Audience
) -> None:
    work = work_on(begun(town, case))
    found = bars(
        [outsider(email)],
        audience,
        work.directory,
        standing=work.standing,
        used=(),
        at=AFTER,
    )
    assert "never goes to the provider" in found[0].words.en


def test_the_verb_refuses_what_the_page_would(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter for members, with the provider's address on it, is confirmed by nobody."""
    draft = begun(town, case)
    _for_members(monkeypatch)
    with acting_for([case.body_id]):
        outcome = confirm_recipients(
            draft_id=str(draft.pk),
            actor=officer(town),
            chosen=[*all_of(work_on(draft)), outsider("payroll@derwen.example")],
            revision=draft.revision,
            as_of=AFTER,
        )
    assert isinstance(outcome, Refusal)
    assert "never goes to the provider" in outcome.reasons[0].text.en


def test_an_address_that_became_the_providers_stops_the_sending(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begun(town, case)
    _for_members(monkeypatch)
    with acting_for([case.body_id]):
        save_house(actor=officer(town), house=HOUSE, number=0, as_of=AFTER)
    ready = confirmed(town, draft, [*all_of(work_on(draft)), outsider("sali@wrens.example")])
    Contact.objects.create(body=town.service.provider, role="director", email="sali@wrens.example")
    with acting_for([case.body_id]):
        outcome = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
        assert isinstance(outcome, Refusal)
        assert not MailMessage.objects.exists()


def _for_members(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the status letter one for the members of the case alone."""

    def for_members(work: Work) -> Template:
        plain = procedure_named(work.draft.procedure, work.draft.version).templates
        return replace(
            plain[work.draft.template],
            audience=Audience.MEMBERS,
            to=(RecipientRule("role", "chair"),),
        )

    monkeypatch.setattr(Work, "template", property(for_members))


def test_what_is_withheld_from_somebody_bars_them(town: Town, case: Case) -> None:
    draft = begun(town, case)
    work = work_on(draft)
    withheld = {
        "what": "What the PPM said",
        "from_whom": ["Sali Mali"],
        "recipients": ["police"],
        "reason": "It would put a witness at risk.",
    }
    add(
        town, case, "information_withheld", "2026-03-31T09:00", withheld,
        refers_to=(str(draft.about),),
    )  # fmt: skip
    again = work_on(draft)
    chosen = [*all_of(work), outsider("sali@wrens.example")]
    found = bars(
        chosen,
        work.template.audience,
        again.directory,
        standing=again.standing,
        used=again.used,
        at=AFTER,
    )
    assert [bar.key for bar in found] == ["outside:x1"]


def test_whoever_is_left_out_needs_a_reason(town: Town, case: Case) -> None:
    draft = begun(town, case)
    lines = work_on(draft).proposed
    outcome = _confirm(town, draft, [choose(lines[0], left_out=True), choose(lines[1])])
    assert isinstance(outcome, Refusal)
    assert outcome.problems[0].field == f"reason-{lines[0].key}"


def test_nobody_by_the_rule_is_passed_over_in_silence(town: Town, case: Case) -> None:
    draft = begun(town, case)
    outcome = _confirm(town, draft, [choose(work_on(draft).proposed[1])])
    assert isinstance(outcome, Refusal)
    assert "Gwenllian Huws" in outcome.problems[0].message


def test_somebody_outside_the_rule_without_a_reason_is_refused(town: Town, case: Case) -> None:
    draft = begun(town, case)
    chosen = [*all_of(work_on(draft)), outsider("sali@wrens.example", reason="")]
    outcome = _confirm(town, draft, chosen)
    assert isinstance(outcome, Refusal)
    assert outcome.problems[0].field == "reason-outside:x1"


def test_a_form_cannot_pass_somebody_off_as_named_by_the_rule(town: Town, case: Case) -> None:
    """Whatever the form says of a line, the rule's own address and name are what counts."""
    draft = begun(town, case)
    lines = work_on(draft).proposed
    forged = [choose(lines[0], email="thief@elsewhere.example", name="Thief"), choose(lines[1])]
    kept = _confirm(town, draft, forged)
    assert isinstance(kept, Kept)
    assert kept.draft.recipients[0]["email"] == RI_EMAIL
    forged = [*all_of(work_on(draft)), outsider("x@elsewhere.example", rule="provider")]
    again = _confirm(town, kept.draft, forged)
    assert isinstance(again, Kept)
    assert again.draft.recipients[-1]["rule"] == ""


def test_an_address_typed_for_somebody_named_by_the_rule_counts_as_outside_it(
    town: Town, case: Case
) -> None:
    Contact.objects.filter(role="responsible_individual").delete()
    draft = begun(town, case)
    lines = work_on(draft).proposed
    typed = choose(
        lines[0], email="gh@elsewhere.example", way=Way.MAIL, reason="Given by the manager."
    )
    kept = _confirm(town, draft, [typed, choose(lines[1])])
    assert isinstance(kept, Kept)
    assert work_on(kept.draft).needs_second


def test_the_second_person_cannot_be_the_first(town: Town, case: Case) -> None:
    ready = _asked(town, case)
    with acting_for([case.body_id]):
        outcome = approve_second(
            draft_id=str(ready.pk), actor=officer(town), revision=ready.revision, as_of=AFTER
        )
    assert isinstance(outcome, Refusal)
    assert "cannot be the one" in outcome.reasons[0].text.en


def test_without_a_second_person_it_does_not_leave_and_with_one_it_does(
    town: Town, case: Case
) -> None:
    ready = _asked(town, case)
    with acting_for([case.body_id]):
        refused = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
        assert isinstance(refused, Refusal)
        kept = approve_second(
            draft_id=str(ready.pk), actor=colleague(town), revision=ready.revision, as_of=AFTER
        )
        assert isinstance(kept, Kept)
        outcome = send(actor=officer(town), pressing=pressing(kept.draft), as_of=AFTER)
        assert isinstance(outcome, Sent), outcome
        assert MailMessage.objects.filter(to_email="sali@wrens.example").exists()


def test_words_changed_after_a_yes_need_another(town: Town, case: Case) -> None:
    ready = _asked(town, case)
    with acting_for([case.body_id]):
        kept = approve_second(
            draft_id=str(ready.pk), actor=colleague(town), revision=ready.revision, as_of=AFTER
        )
        assert isinstance(kept, Kept)
        texts = {language: LetterText(**kept.draft.texts[language]) for language in ("en", "cy")}
        edited = edit_draft(
            draft_id=str(ready.pk),
            actor=officer(town),
            texts={**texts, "en": LetterText("Other", "Other words.")},
            revision=kept.draft.revision,
            as_of=AFTER,
        )
    assert isinstance(edited, Kept)
    assert work_on(edited.draft).needs_second


def test_a_no_says_why_and_the_recipients_are_decided_on_again(town: Town, case: Case) -> None:
    ready = _asked(town, case)
    with acting_for([case.body_id]):
        kept = decline_second(
            draft_id=str(ready.pk),
            actor=colleague(town),
            why="She left the inquiry in May.",
            revision=ready.revision,
            as_of=AFTER,
        )
        assert isinstance(kept, Kept)
        outcome = send(actor=officer(town), pressing=pressing(kept.draft), as_of=AFTER)
    assert isinstance(outcome, Refusal)
    assert kept.draft.declined_why == "She left the inquiry in May."


def test_a_body_may_do_without_a_second_person(town: Town, case: Case) -> None:
    with acting_for([case.body_id]):
        save_house(actor=officer(town), house=HOUSE, number=0, as_of=AFTER)
    draft = begun(town, case)
    kept = _confirm(town, draft, [*all_of(work_on(draft)), outsider("sali@wrens.example")])
    assert isinstance(kept, Kept)
    assert not work_on(kept.draft).needs_second


def _confirm(town: Town, draft: LetterDraft, chosen: list[Chosen]) -> object:
    with acting_for([draft.body_id]):
        return confirm_recipients(
            draft_id=str(draft.pk),
            actor=officer(town),
            chosen=chosen,
            revision=draft.revision,
            as_of=AFTER,
        )


def _asked(town: Town, case: Case) -> LetterDraft:
    """Return a letter with somebody outside the rule, for which a second person was asked."""
    draft = begun(town, case)
    ready = confirmed(town, draft, [*all_of(work_on(draft)), outsider("sali@wrens.example")])
    with acting_for([case.body_id]):
        asked = ask_second(
            draft_id=str(draft.pk),
            actor=officer(town),
            why="The inquiry opens on Monday.",
            revision=ready.revision,
            as_of=AFTER,
        )
    assert isinstance(asked, Kept), asked
    return asked.draft
