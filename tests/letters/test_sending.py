"""Sending a letter: what it records, what it keeps, what it puts in the outbox, and how often."""

import io
import json
from dataclasses import replace

import pypdf
import pytest

from candour.cases import queries
from candour.cases.actions import Stale
from candour.cases.models import Case, CaseEntry
from candour.database.row_security import acting_for
from candour.documents.facts import Asked, facts_for
from candour.engine import Refusal
from candour.letters.actions import (
    Delivery,
    Kept,
    Overtaken,
    Sent,
    edit_draft,
    record_on_paper,
    send,
)
from candour.letters.evidence import evidence_file
from candour.letters.making import _around, _kinds_in, _merged, _writing
from candour.letters.models import FileUse, SentFile, SentLetter
from candour.letters.recipients import Way
from candour.letters.sealing import seal_of
from candour.letters.texts import LetterText
from candour.mail.models import MailMessage
from tests.support.casework import Town, add, london
from tests.support.letters import (
    AFTER,
    RI_EMAIL,
    all_of,
    begun,
    choose,
    colleague,
    confirmed,
    officer,
    pressing,
    sent,
    work_on,
)

pytestmark = pytest.mark.django_db
DUTY = "ppm_letter"


def _owed(case: Case) -> list[str]:
    with acting_for([case.body_id]):
        standing = queries.standing(Case.objects.get(pk=case.pk))
    return [owed.duty.id for owed in standing.owed()]


def test_the_entry_alone_meets_the_duty(town: Town, case: Case) -> None:
    assert DUTY in _owed(case)
    outcome = sent(town, case)
    assert DUTY not in _owed(case)
    assert outcome.recorded is not None
    entry = outcome.recorded.entry
    assert entry.kind == "notice_sent"
    assert entry.data["notice"] == "provider_status"
    assert entry.data["to"] == ["Gwenllian Huws, Derwen Care", "Aled Jones, Derwen Care"]
    assert entry.data["delivery"] == "mail"
    assert entry.data["legal_basis"] == "statutory_duty"
    assert entry.data["purpose"].startswith("To tell the provider")
    assert entry.data["letter"] == outcome.letter.seal


def test_one_message_goes_to_each_with_the_letter_as_pdf(town: Town, case: Case) -> None:
    outcome = sent(town, case)
    with acting_for([case.body_id]):
        messages = list(MailMessage.objects.order_by("pk"))
        attached = [list(message.attachments.select_related("content")) for message in messages]
        kept = SentFile.objects.filter(letter=outcome.letter, use=FileUse.PDF)
        files = list(kept.order_by("pk"))
    assert [message.to_email for message in messages] == [RI_EMAIL, "aled@derwen.example"]
    assert all(str(message.entry_id) == str(outcome.letter.pk) for message in messages)
    assert all(message.reply_case_id == case.pk for message in messages)
    pdfs = [bytes(each[0].content.content) for each in attached]
    assert pdfs == [bytes(file.content) for file in files]
    first, second = (pypdf.PdfReader(io.BytesIO(pdf)) for pdf in pdfs)
    assert "Dear Gwenllian Huws" in first.pages[0].extract_text()
    assert "Dear Aled Jones" in second.pages[0].extract_text()
    assert str(first.root_object["/Lang"]).startswith("en")


def test_each_gets_the_letter_in_their_own_language(town: Town, case: Case) -> None:
    draft = begun(town, case)
    work = work_on(draft)
    chosen = [choose(work.proposed[0], language="cy"), choose(work.proposed[1])]
    ready = confirmed(town, draft, chosen)
    with acting_for([case.body_id]):
        outcome = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
        assert isinstance(outcome, Sent), outcome
        welsh, english = MailMessage.objects.order_by("pk")
        files = {file.language: bytes(file.content) for file in SentFile.objects.all()}
    assert (welsh.language, english.language) == ("cy", "en")
    assert "Annwyl Gwenllian Huws" in welsh.text
    read = pypdf.PdfReader(io.BytesIO(files["cy"]))
    assert str(read.root_object["/Lang"]).startswith("cy")
    assert "Annwyl Gwenllian Huws" in read.pages[0].extract_text()


def test_pressed_twice_it_is_sent_once(town: Town, case: Case) -> None:
    draft = begun(town, case)
    ready = confirmed(town, draft, all_of(work_on(draft)))
    with acting_for([case.body_id]):
        first = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
        again = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
        assert isinstance(first, Sent)
        assert isinstance(again, Sent)
        assert again.repeated
        assert not first.repeated
        assert MailMessage.objects.count() == 2
        assert SentLetter.objects.count() == 1
        assert CaseEntry.objects.filter(case=case, kind="notice_sent").count() == 1


def test_what_others_recorded_meanwhile_is_shown_and_nothing_is_lost(
    town: Town, case: Case
) -> None:
    draft = begun(town, case)
    ready = confirmed(town, draft, all_of(work_on(draft)))
    seen = work_on(ready).standing
    visit = {"visitors": ["Ieuan Rees"], "findings": "Two carers at night now."}
    add(town, case, "visit_made", "2026-03-31T10:00", visit)
    with acting_for([case.body_id]):
        outcome = send(
            actor=officer(town), pressing=pressing(ready, len(seen.recorded)), as_of=AFTER
        )
        assert isinstance(outcome, Stale)
        assert [entry.kind for entry in outcome.since] == ["visit_made"]
        assert not SentLetter.objects.exists()
        assert not MailMessage.objects.exists()
        once_more = send(actor=officer(town), pressing=pressing(ready, outcome.seq), as_of=AFTER)
    assert isinstance(once_more, Sent)


def test_a_refusal_leaves_nothing_behind(town: Town, case: Case) -> None:
    """A letter that the mail cannot carry is neither recorded nor kept."""
    draft = begun(town, case)
    ready = confirmed(town, draft, all_of(work_on(draft)))
    with acting_for([case.body_id]):
        ready.texts["en"]["subject"] = "x" * 400
        ready.save()
        outcome = send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
        assert isinstance(outcome, Refusal)
        assert not SentLetter.objects.exists()
        assert not CaseEntry.objects.filter(case=case, kind="notice_sent").exists()
    assert DUTY in _owed(case)


def test_without_confirmed_recipients_nothing_leaves(town: Town, case: Case) -> None:
    draft = begun(town, case)
    with acting_for([case.body_id]):
        outcome = send(actor=officer(town), pressing=pressing(draft), as_of=AFTER)
    assert isinstance(outcome, Refusal)
    assert "confirmed who gets" in str(outcome.reasons[0].text)


def test_words_changed_by_hand_are_what_is_sent(town: Town, case: Case) -> None:
    draft = begun(town, case)
    text = draft.texts["en"]["text"] + "\nPlease ring me on **Friday**.\n"
    with acting_for([case.body_id]):
        kept = edit_draft(
            draft_id=str(draft.pk),
            actor=officer(town),
            texts={
                "en": LetterText("What we decided", text),
                "cy": LetterText(**draft.texts["cy"]),
            },
            revision=draft.revision,
            as_of=AFTER,
        )
    assert isinstance(kept, Kept)
    ready = confirmed(town, kept.draft, all_of(work_on(kept.draft)))
    with acting_for([case.body_id]):
        send(actor=officer(town), pressing=pressing(ready), as_of=AFTER)
        message = MailMessage.objects.first()
    assert message is not None
    assert message.subject == "What we decided"
    assert "Please ring me on Friday." in message.text


def test_two_people_on_one_draft_cannot_overwrite_each_other(town: Town, case: Case) -> None:
    draft = begun(town, case)
    texts = {language: LetterText(**draft.texts[language]) for language in ("en", "cy")}
    mine = {**texts, "en": LetterText("Mine", "My words.")}
    theirs = {**texts, "en": LetterText("Theirs", "Their words.")}
    with acting_for([case.body_id]):
        first = edit_draft(
            draft_id=str(draft.pk), actor=colleague(town), texts=theirs, revision=1, as_of=AFTER
        )
        second = edit_draft(
            draft_id=str(draft.pk), actor=officer(town), texts=mine, revision=1, as_of=AFTER
        )
    assert isinstance(first, Kept)
    assert isinstance(second, Overtaken)
    assert second.by == "Ieuan Rees"
    assert second.draft.texts["en"]["subject"] == "Theirs"


def test_told_by_post_it_keeps_the_day_and_what_shows_it(town: Town, case: Case) -> None:
    draft = begun(town, case)
    ready = confirmed(town, draft, all_of(work_on(draft), way=Way.POST))
    receipt = evidence_file(b"%PDF-1.7 a receipt")
    told_on = london("2026-03-30T16:00")
    delivery = Delivery(told_on, "Posted first class by Mari.", (receipt,))
    with acting_for([case.body_id]):
        outcome = record_on_paper(
            actor=officer(town), pressing=pressing(ready), delivery=delivery, as_of=AFTER
        )
        assert isinstance(outcome, Sent), outcome
        assert not MailMessage.objects.exists()
        kept = SentFile.objects.get(use=FileUse.EVIDENCE)
    assert outcome.recorded is not None
    assert outcome.recorded.entry.happened_at == told_on
    assert outcome.recorded.entry.data["delivery"] == "post"
    assert bytes(kept.content) == receipt.content
    assert json.loads(outcome.letter.sealed)["evidence"]["words"] == "Posted first class by Mari."
    assert DUTY not in _owed(case)


@pytest.mark.parametrize(
    ("delivery", "field"),
    [
        (Delivery(None, "Posted first class."), "entry-when"),
        (Delivery(london("2026-04-02T09:00"), "Posted first class."), "entry-when"),
        (Delivery(london("2026-03-30T16:00"), "Yes"), "evidence"),
    ],
    ids=["no day", "a day ahead", "nothing shows it"],
)
def test_told_by_post_without_day_or_proof_is_refused(
    town: Town, case: Case, delivery: Delivery, field: str
) -> None:
    draft = begun(town, case)
    ready = confirmed(town, draft, all_of(work_on(draft), way=Way.POST))
    with acting_for([case.body_id]):
        outcome = record_on_paper(
            actor=officer(town), pressing=pressing(ready), delivery=delivery, as_of=AFTER
        )
        assert isinstance(outcome, Refusal)
        assert outcome.problems[0].field == field
        assert not SentLetter.objects.exists()


def test_the_seal_covers_words_facts_recipients_and_files(town: Town, case: Case) -> None:
    letter = sent(town, case).letter
    told = json.loads(letter.sealed)
    assert seal_of(letter.sealed) == letter.seal
    assert [each["to"]["email"] for each in told["letters"]] == [RI_EMAIL, "aled@derwen.example"]
    assert told["letters"][0]["content"]["language"] == "en"
    facts = {fact["path"]: fact for fact in told["facts"] if fact["language"] == "en"}
    assert facts["service.name"]["value"] == "Plas Derwen"
    assert facts["about.happened_on"]["entry"]
    assert len(facts["service.name"]["hash"]) == 64
    with acting_for([case.body_id]):
        hashes = set(SentFile.objects.values_list("sha256", flat=True))
    assert {each["pdf"] for each in told["letters"]} == hashes


def test_gathering_only_what_a_text_names_gives_the_same_text(town: Town, case: Case) -> None:
    """What is left out of the facts of a long case is what no text of the procedure asks for."""
    work = work_on(begun(town, case))
    with acting_for([case.body_id]):
        writing = _writing(work.standing.procedure, work.template, officer(town), AFTER)
        around = _around(work.case, writing, "en")
        for template in work.standing.procedure.templates.values():
            if template.about:
                continue
            asked = Asked(template, "en", AFTER)
            few = replace(asked, kinds=_kinds_in(template, "en"))
            whole, part = (facts_for(work.standing, each, around) for each in (asked, few))
            assert len(part.facts) <= len(whole.facts)
            assert _merged(template, part) == _merged(template, whole), template.id
