"""Every address, for somebody who should not reach it; and forms that say more than they may."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from candour import policies
from candour.bodies.models import Group, Service
from candour.cases import queries
from candour.cases.models import Case, CaseEntry
from candour.coding.actions import add_code
from candour.database.row_security import acting_for
from candour.directory.merging import merge
from candour.directory.sending import send
from candour.engine import Entry, Standing
from candour.experiences.actions.looking import put_on_list
from candour.experiences.models import Experience, ExperienceMark
from candour.feeding_back.actions import Order, release
from candour.feeding_back.cycles import Every, cycle_of
from candour.feeding_back.digests import prepare
from candour.feeding_back.small_numbers import BAND
from candour.letters.models import SentFile
from candour.mail.models import MailReceived, MailReceivedPart
from candour.mail.outbox import enqueue, keep_contents
from candour.mail.outgoing import Addressee, Outgoing
from candour.outreach.actions import add_phase
from candour.people.actor import Actor
from candour.people.models import Post, User
from candour.publishing.models import Representative
from candour.site import clock
from candour.site.headers import POLICY
from candour.web.presenters.addresses import owed_name
from candour.whatif.asking import ask
from tests.support.care_directory import care_directory, row
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.support.documents import filed
from tests.support.files import picture
from tests.support.imports import sent_file, taken_file
from tests.support.letters import begun, provider_contacts, sent
from tests.support.outreach import reached_out
from tests.support.outside import put_outside
from tests.support.partners import shared_with
from tests.support.signatures import put_to_be_signed
from tests.support.told import tell
from tests.support.who_is_who import make_area, make_routes

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
OPEN_TO_ALL = {
    *("healthz", "account_login", "account_logout", "choose-language", "calendar-feed"),
    *("sign-by-link", "sign-by-link-file", "verify-document"),
    *("outside-link", "outside", "outside-leave", "outside-letter", "outside-answer"),
    # A body's public form, where it is open, and receipts
    *("tell", "tell-start", "tell-page", "tell-whole", "tell-places", "tell-colours"),
    *("tell-paper", "tell-throw-away"),
    *("tell-receipt-start", "tell-receipt", "tell-receipt-file"),
    "notes-worker",  # a script, the same for everybody
    "mail-hook",  # a signature opens it, and it takes nothing but POST
    *("public-register", "public-register-csv", "public-register-pdf", "public-line"),
    *("directory-find", "directory-find-json"),  # public record
}
OF_A_DRAFT = (
    *("letter-draft", "letter-preview", "letter-recipients"),
    *("letter-second", "letter-send", "letter-paper", "letter-anew", "letter-aside"),
)
# The directory is kept by those of that grade: tests/web/test_keeping_directory.py.
OF_KEEPERS = ("directory-keep", "directory-keep-row", "directory-undo")
OF_HEALTHWATCH = (
    *("case-visits", "visit-plan", "case-visit", "visit-notes", "visit-step"),
    "case-record",
)
NOT_FOR_OFFICERS = ("case-contacts", "letterhead-logo", "shared-case", "tables-taken")
SECRET = "Falls at night and too few staff"


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


def standing_of(town: Town, case: Case) -> Standing:
    with acting_for([town.council.pk]):
        return queries.standing(Case.objects.get(pk=case.pk))


def recorded(town: Town, case: Case) -> tuple[Entry, ...]:
    return standing_of(town, case).recorded


def named(resolver: URLResolver) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of each address, and what it says of what."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "api-v1":  # opened by tokens alone: see tests/api
                yield from named(pattern)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name), tuple(pattern.pattern.converters)


def asked_before(town: Town) -> int:
    """Return the number of a what-if that the council asked for."""
    with acting_for([town.council.pk]):
        post = Post.objects.select_related("user", "body").filter(user=town.mari)[0]
        version = policies.load("cardiff_vale").version
        now = clock.now()
        return ask(
            Actor.from_post(post), "cardiff_vale", now, draft="cardiff_vale", version=version
        ).pk


def authorised(town: Town) -> int:
    """Return the number of somebody whom the council authorised to enter and view."""
    with acting_for([town.council.pk]):
        return Representative.objects.create(
            body=town.council,
            name="Idris Bowen",
            from_date="2026-01-01",
            changed_at=clock.now(),
            changed_by=town.mari,
        ).pk


def mailed(town: Town) -> dict[str, tuple[int]]:
    """Return the addresses of a message that the council sends, of one to file, and of a file."""
    with acting_for([town.council.pk]):
        to = Addressee("Registered manager", "manager@derwen.example")
        sent = enqueue(
            Outgoing("who/1", town.council.pk, to, SECRET, "Dear manager"), as_of=clock.now()
        )
        came = MailReceived.objects.create(
            body=town.council, digest=b"1", came_at=clock.now(), sort="reply", place="unfiled"
        )
        kept = keep_contents(town.council.pk, [b"%PDF-"])
        file = MailReceivedPart.objects.create(
            body=town.council,
            message=came,
            place=0,
            name="answer.pdf",
            type="application/pdf",
            size=5,
            content_id=next(iter(kept.values())),
        )
        letter = MailReceived.objects.create(
            body=town.council,
            digest=b"2",
            came_at=clock.now(),
            sort="reply",
            place="filed",
            sealed=True,
        )
    return {
        "mail-message": (sent,),
        "mail-unfiled": (came.pk,),
        "mail-file": (file.pk,),
        "mail-letter": (letter.pk,),
    }


def listed(town: Town, case: Case) -> str:
    """Return what stands for a resident of the home in an address."""
    known = {"residents": ["R1"], "move_by": "2026-05-20"}
    add(town, case, "residents_listed", "2026-03-31T14:30", known)
    return owed_name("r1")


def of_registers(town: Town) -> dict[str, tuple[int, ...]]:
    """Return the addresses of a file that was sent, of two services side by side, of a merge."""
    now = clock.now()
    content = care_directory([row(1)])
    file, _later = send(content, file_name="list.csv", mapping="", by=town.mari, as_of=now)
    twin = Service.objects.create(name="Plas Derwen", provider=town.service.provider)
    other = Service.objects.create(name="Plas Derwen II", provider=town.service.provider)
    made = merge(other.pk, twin.pk, reason="One home.", by=town.mari, as_of=now)
    return {
        "directory-history": (town.service.pk,),
        "directory-import": (file.pk,),
        "directory-pair": (town.service.pk, twin.pk),
        "directory-undo": (made.pk,),
    }


def lettered(town: Town, case: Case) -> dict[str, tuple[object, ...]]:
    """Return the addresses of a letter being written and of one that was sent."""
    provider_contacts(town)
    writing, left = begun(town, case).pk, sent(town, case).letter.pk
    with acting_for([town.council.pk]):
        file = SentFile.objects.filter(letter_id=left)[0].pk
    return {
        "letter-begin": (case.ref, "letter_status"),
        "letter-sent": (case.ref, left),
        "letter-file": (case.ref, left, file),
        "letter-draft-file": (case.ref, writing, "en", "pdf"),
        "letter-text": ("cardiff_vale", "letter_status"),
        "letterhead-example": ("en",),
        "procedure-letter": ("cardiff_vale", "letter_status"),
        **dict.fromkeys(OF_A_DRAFT, (case.ref, writing)),
    }


def to_look_at(town: Town, experience: Experience) -> int:
    """Put an experience on the list of signs, with a place in it to check; return the sign."""
    with acting_for([town.council.pk]):
        ExperienceMark.objects.create(
            body=town.council, experience=experience, sort="name", begin=10, end=11, kept=False
        )
        return put_on_list(experience, words="Cold food", as_of=clock.now()).pk


def addresses(town: Town, case: Case) -> dict[str, str]:
    """Return one address for each name that there is."""
    entry = recorded(town, case)[0].id
    told = tell(town.council, ["Cold food"])[0]
    experience = told.pk
    parts: dict[str, tuple[object, ...]] = {
        "record": (case.ref, "concern_raised"),
        "correct": (case.ref, entry),
        "move": (case.ref, "ppm_to_jimp"),
        "meeting-prepare": (case.ref, "ppm"),
        "due-date": (case.ref, owed_name(next(iter(standing_of(town, case).duties)))),
        "procedure": ("cardiff_vale",),
        "what-if": ("cardiff_vale",),
        "what-came": ("cardiff_vale", asked_before(town)),
        "tell-ask": (experience,),
        "experience-words": (experience,),
        "safeguarding-sign": (to_look_at(town, told),),
        **dict.fromkeys(("experience", "experience-sealed", "experience-give"), (experience,)),
        "code": (a_code(town),),
        "coding-one": (experience,),
        "import": (taken_file(town.council),),
        "import-file": (sent_file(town.council).pk,),
        "let-go-of-filter": (1,),
        "choose-language": ("cy",),
        **fed_back(town, told),
        "case-resident": (case.ref, listed(town, case)),
        "chronology-file": (case.ref, "pdf"),
        "place-at": (town.hospital.pk,),
        **of_the_directory(town),
        **of_outreach(town),
        "case-signature-ask": (case.ref, "other"),
        "case-visit": (case.ref, entry),
        "visit-notes": (case.ref, entry),
        "visit-step": (case.ref, entry, "draft"),
        "representative-new": (town.council.pk,),
        "portal-one": (case.ref, put_outside(town, case)),
        "case-share-end": (case.ref, shared_with(case, town.mari, "vale")),
        "representative": (town.council.pk, authorised(town)),
        **dict.fromkeys(
            ("case-document", "case-document-placeless"),
            (case.ref, filed(town, case, picture(place=True), name="ward.jpg").document.pk),
        ),
        **mailed(town),
        **of_registers(town),
        **lettered(town, case),
        **dict.fromkeys(
            ("case-signature", "case-signature-file"), (case.ref, put_to_be_signed(town, case))
        ),
    }
    meeting = standing_of(town, case).by_kind["meeting_held"][0].id
    known = {"ref": case.ref, "meeting": meeting, "sort": "pdf"}
    return {
        name: reverse(name, args=parts.get(name) or [known[part] for part in about])
        for name, about in named(get_resolver())
        if name not in OPEN_TO_ALL
    }


def a_code(town: Town) -> int:
    """Return the number of a theme of the council's code list."""
    known = {"title": "Comfort", "title_cy": "", "family": "", "covers": ""}
    actor = Actor(town.mari, "lead_officer", town.council)
    with acting_for([town.council.pk]):
        return int(add_code(**known, actor=actor, as_of=clock.now()).pk)


def of_outreach(town: Town) -> dict[str, tuple[object, ...]]:
    """Return the numbers of a campaign of the council's, of its phase, and of an engagement."""
    campaign, engagement = reached_out(town.council, town.mari, clock.now())
    with acting_for([town.council.pk]):
        phase = add_phase(campaign, name="First", begins=campaign.begins, ends=campaign.ends)
    return {
        **dict.fromkeys(("campaign", "campaign-correct"), (campaign.pk,)),
        **dict.fromkeys(("engagement", "engagement-correct"), (engagement.pk,)),
        "phase-correct": (phase.pk,),
    }


def fed_back(town: Town, told: Experience) -> dict[str, tuple[object, ...]]:
    """Return what the pages of a digest that was released open with."""
    cycle, trust = cycle_of(Every.YEAR, date(2025, 1, 1)), town.hospital.provider
    kept = {name: getattr(told, name) for name in ("body", "source", "answer", "created_at")}
    with acting_for([town.council.pk]):
        Experience.objects.bulk_create(
            Experience(**kept, source_ref=f"fed-{n}", received_on=cycle.last, service=town.hospital)
            for n in range(BAND)
        )
        seen = prepare(town.council, trust, cycle).seen
    actor = town.actor(town.mari, "lead_officer")
    digest = release(Order(trust, cycle, seen), actor=actor, as_of=clock.now())
    return {
        "feedback-digest": (trust.slug, cycle.first, cycle.last),
        **dict.fromkeys(("feedback-released", "feedback-file"), (digest.pk,)),
    }


def of_the_directory(town: Town) -> dict[str, tuple[object, ...]]:
    """Return what the pages of who is who open with."""
    area = make_area()
    desk = make_routes(town.council, town.service, area)
    group = Group.objects.create(name="A group", kind="family")
    return {
        "directory-body": (town.council.pk,),
        "directory-service": (town.service.pk,),
        "directory-area": (area.code,),
        "directory-group": (group.pk,),
        "directory-keep": ("body",),
        "directory-keep-row": ("contact", desk.pk),
    }


def test_signed_out_nothing_opens_and_nothing_is_recorded(town: Town, case: Case) -> None:
    asked = addresses(town, case)
    before = len(recorded(town, case))
    for name, address in asked.items():
        read = Client().get(address)
        assert (read.status_code, read["Location"].split("?")[0]) == (302, "/sign-in/"), name
        sent = Client().post(address, {"key": str(uuid4()), "why": "x"})
        assert sent.status_code in (302, 403, 405), name
        assert SECRET not in sent.content.decode(), name
    assert len(recorded(town, case)) == before


def test_somebody_of_the_body_reaches_each_of_them(
    town: Town, case: Case, signed_in: Browser
) -> None:
    """Else the tests beside this one would prove nothing."""
    browser = signed_in(town.mari)
    for name, address in addresses(town, case).items():
        # A procedure that names nobody to call has no such page, a body without a logo no picture;
        # visits and records of concern are of other procedures, and have tests of their own.
        # What is told to a partner has its own page, which is not there for the body that tells;
        # what was taken out is for whoever heads it.
        if name not in (*NOT_FOR_OFFICERS, *OF_HEALTHWATCH, *OF_KEEPERS):
            assert browser.get(address, follow=True).status_code == 200, name


@pytest.mark.parametrize("who", ["olwen", "dilys", "gone", "not yet", "provider"])
def test_another_body_s_case_is_not_there(
    town: Town, case: Case, signed_in: Browser, who: str
) -> None:
    """Of another body, of none, with a post that is over, with one from tomorrow, the provider."""
    asked = addresses(town, case)
    if who == "gone":
        Post.objects.filter(user=town.mari).update(to_date="2026-03-30")
    if who == "not yet":
        Post.objects.filter(user=town.mari).update(from_date="2026-04-01")
    if who == "provider":
        provider = town.service.provider
        Post.objects.create(user=town.dilys, body=provider, role="registered_manager")
    others = {"olwen": town.olwen, "dilys": town.dilys, "provider": town.dilys}
    browser = signed_in(others.get(who, town.mari))
    before = len(recorded(town, case))
    theirs = {name for name, address in asked.items() if f"/{case.ref}/" in address}
    assert {"case", "kinds", "record", "correct", "move", "rating-seal"} <= theirs
    for name in sorted(
        theirs
        | {"experience", "what-came", "mail-message", "mail-unfiled", "mail-file", "mail-letter"}
    ):
        for answer in (browser.get(asked[name]), browser.post(asked[name], form(town))):
            assert answer.status_code in (404, 405), (name, answer.status_code)
    lists = ("worklist", "cases", "experiences", "responses", "responses-file", "restrictions")
    asked["search"] += "?q=falls"
    for name in (*lists, "search", "plans", "place-at", "decisions-register"):
        page = browser.get(asked[name]).content.decode()
        assert case.ref not in page
        assert SECRET not in page
        assert "Cold food" not in page
    assert len(recorded(town, case)) == before


def test_the_last_day_of_a_post_still_counts(town: Town, case: Case, signed_in: Browser) -> None:
    Post.objects.filter(user=town.mari).update(to_date="2026-03-31")
    assert signed_in(town.mari).get(f"/cases/{case.ref}/").status_code == 200


def form(town: Town, **more: Any) -> dict[str, Any]:  # what a form sends
    post = Post.objects.get(user=town.mari, role="operational_manager").pk
    return {
        "key": str(uuid4()),
        "seq": "9",
        "entry-when-day": "31",
        "entry-when-month": "3",
        "entry-when-year": "2026",
        "entry-when-time": "14:00",
        "entry-post": str(post),
        **more,
    }


def concern(town: Town, case: Case, **more: Any) -> dict[str, Any]:  # the same
    return form(
        town,
        **{
            "seq": str(len(recorded(town, case))),
            "criteria": ["repeated_failure"],
            "results": ["provider_willing_and_able"],
            "seriousness": "significant",
            "what_happened": "Two more falls.",
            **more,
        },
    )


def test_an_honest_form_is_recorded(town: Town, case: Case, signed_in: Browser) -> None:
    """What the tampered forms below are compared with."""
    address = f"/cases/{case.ref}/record/concern_raised/"
    answer = signed_in(town.mari).post(address, concern(town, case))
    assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize(
    "role", ["chair", "contract_monitoring_officer", "system", "0", "", "9" * 30]
)
def test_nobody_acts_in_a_post_that_they_do_not_hold(
    town: Town, case: Case, signed_in: Browser, role: str
) -> None:
    theirs = Post.objects.filter(user=town.ieuan, role=role).first()
    wrong = concern(town, case, **{"entry-post": str(theirs.pk) if theirs else role})
    before = len(recorded(town, case))
    answer = signed_in(town.mari).post(f"/cases/{case.ref}/record/concern_raised/", wrong)
    assert answer.status_code == 422
    assert len(recorded(town, case)) == before


def test_a_post_called_system_opens_no_gate(town: Town, case: Case, signed_in: Browser) -> None:
    """Posts are rows that an administrator writes; even such a one is not the system."""
    Post.objects.filter(user=town.mari).update(role="system")
    browser = signed_in(town.mari)
    assert browser.get(f"/cases/{case.ref}/").status_code == 200
    answer = browser.post(f"/cases/{case.ref}/record/concern_raised/", concern_of_nobody())
    assert answer.status_code == 403
    assert browser.get("/cases/open/?procedure=cardiff_vale").status_code == 200
    assert Case.objects.count() == 0


def concern_of_nobody() -> dict[str, str]:
    return {"key": str(uuid4()), "seq": "9", "what_happened": "x"}


def test_author_role_and_override_are_taken_from_nowhere_but_the_post(
    town: Town, case: Case, signed_in: Browser
) -> None:
    lying = {
        "author": "system",
        "role": "chair",
        "body": "1",
        "audience": "everybody",
        "recorded_at": "2020-01-01T00:00Z",
        "overridden": "all",
        "refers_to": "x",
    }
    wrong = concern(town, case, **lying)
    answer = signed_in(town.mari).post(f"/cases/{case.ref}/record/concern_raised/", wrong)
    assert answer.status_code == 302
    last = recorded(town, case)[-1]
    assert (last.author, last.role, last.audience) == (
        str(town.mari.pk),
        "operational_manager",
        "case",
    )
    assert (last.override, last.overridden) == ("", ())


@pytest.mark.parametrize("seq", ["", "-1", "x", "0", "1", "999999999999999999999", "٣"])
def test_a_tampered_place_in_the_log_never_loses_what_was_typed(
    town: Town, case: Case, signed_in: Browser, seq: str
) -> None:
    address = f"/cases/{case.ref}/record/concern_raised/"
    answer = signed_in(town.mari).post(address, concern(town, case, seq=seq))
    assert answer.status_code == 409
    assert "Two more falls." in answer.content.decode()


@pytest.mark.parametrize("key", ["", "x", "0" * 36, "x" * 5_000, "' OR 1=1 --"])
def test_a_tampered_key_is_refused_with_words(
    town: Town, case: Case, signed_in: Browser, key: str
) -> None:
    address = f"/cases/{case.ref}/record/concern_raised/"
    answer = signed_in(town.mari).post(address, concern(town, case, key=key))
    assert answer.status_code == 422
    assert "Open it again" in answer.content.decode()


def test_the_key_of_another_case_s_entry_records_nothing_and_tells_nothing(
    town: Town, case: Case, signed_in: Browser
) -> None:
    other = open_at(town, "2026-03-09T10:00", {"title": "Other"}, service=town.hospital)
    theirs = recorded(town, other)[0].id
    address = f"/cases/{case.ref}/record/concern_raised/"
    before = len(recorded(town, case))
    answer = signed_in(town.mari).post(address, concern(town, case, key=theirs))
    assert answer.status_code == 422
    assert len(recorded(town, case)) == before


def test_a_move_that_does_not_lead_from_here_is_refused(
    town: Town, case: Case, signed_in: Browser
) -> None:
    held = standing_of(town, case)
    browser = signed_in(town.mari)
    away = [move for move in held.procedure.moves.values() if held.step not in move.from_steps]
    assert away
    for move in away:
        sent = form(town, rationale="Because it has to be so today.", move="skip_to_ppm", step="x")
        sent |= {"seq": str(len(held.recorded)), "outcome": "improved"}
        sent |= {"entry-go-ahead": "yes", "entry-rationale": "It has to be so today."}
        answer = browser.post(f"/cases/{case.ref}/moves/{move.id}/", sent)
        assert answer.status_code == 422, move.id
    assert standing_of(town, case).path == held.path


def test_experiences_of_another_body_open_no_case(
    town: Town, case: Case, signed_in: Browser
) -> None:
    theirs = tell(town.elsewhere, ["Not yours to read"])[0].pk
    browser = signed_in(town.mari)
    for address in (
        f"/cases/open/?procedure=cardiff_vale&service={town.hospital.pk}&experience={theirs}",
        f"/experiences/raise/?chosen={theirs}",
        f"/experiences/add-to-case/?chosen={theirs}",
        f"/experiences/?chosen={theirs}",
    ):
        answer = browser.get(address)
        assert answer.status_code in (200, 302, 404)
        assert "Not yours to read" not in answer.content.decode()
    sent = {"key": str(uuid4()), "case": case.ref, "why": "Because", "experience": str(theirs)}
    before = len(recorded(town, case))
    answer = browser.post(f"/experiences/add-to-case/?chosen={theirs}", sent)
    assert answer.status_code < 500
    assert len(recorded(town, case)) == before


def test_what_somebody_selected_is_not_added_to_another_body_s_case(
    town: Town, case: Case, signed_in: Browser
) -> None:
    mine = tell(town.elsewhere, ["Cold food"])[0].pk
    sent = {"key": str(uuid4()), "case": case.ref, "why": "It belongs there"}
    answer = signed_in(town.olwen).post(f"/experiences/add-to-case/?chosen={mine}", sent)
    assert answer.status_code in (404, 422)
    assert CaseEntry.objects.count() == 0


# -- the browser --------------------------------------------------------------------------------


def test_a_form_from_elsewhere_is_refused(town: Town, case: Case) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(town.mari)
    before = len(recorded(town, case))
    answer = browser.post(f"/cases/{case.ref}/record/concern_raised/", concern(town, case))
    assert answer.status_code == 403
    assert len(recorded(town, case)) == before


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///x",
    ],
)
def test_nobody_is_led_away_from_the_site(town: Town, elsewhere: str) -> None:
    town.mari.set_password("correct horse battery")
    town.mari.save()
    answer = Client().get("/language/cy/", {"next": elsewhere})
    assert answer["Location"] == "/"
    sent = {"login": "mari", "password": "correct horse battery", "next": elsewhere}
    answer = Client().post("/sign-in/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_in_begins_a_new_session_and_signing_out_ends_it(town: Town) -> None:
    town.mari.set_password("correct horse battery")
    town.mari.save()
    browser = Client()
    browser.cookies["candour_session"] = "f" * 32  # chosen by somebody else
    browser.post("/sign-in/", {"login": "mari", "password": "correct horse battery"})
    key = browser.cookies["candour_session"].value
    assert key != "f" * 32
    assert browser.get("/").status_code == 200
    assert browser.get("/sign-out/").status_code == 200  # asks; only a form signs out
    assert browser.get("/").status_code == 200
    browser.post("/sign-out/")
    stolen = Client()
    stolen.cookies["candour_session"] = key
    assert stolen.get("/").status_code == 302


@pytest.mark.parametrize("address", ["/sign-in/", "/nothing/here/", "/healthz", "/language/cy/"])
def test_every_answer_keeps_the_page_to_the_site(db: None, address: str) -> None:
    answer = Client().get(address)
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "unsafe" not in POLICY


def test_words_of_people_are_never_markup(town: Town, case: Case, signed_in: Browser) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    address = f"/cases/{case.ref}/record/concern_raised/"
    browser = signed_in(town.mari)
    assert browser.post(address, concern(town, case, what_happened=evil)).status_code == 302
    tell(town.council, [evil], service_name=evil, organisation=evil, rating=evil, themes=[evil])
    for page in (f"/cases/{case.ref}/?show=all", "/experiences/", f"/cases/?q={evil}", address):
        text = browser.get(page).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "49" not in text.split("&lt;script&gt;")[-1][:200]
