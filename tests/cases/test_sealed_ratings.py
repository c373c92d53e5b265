"""A rating under seal: nobody else reads it before the round is opened, in views or in SQL."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from candour.cases import chain
from candour.cases.actions import (
    Recorded,
    open_ratings,
    own_ratings,
    record,
    seal_rating,
    show_ratings,
)
from candour.cases.checking import CaseLog, Checking
from candour.cases.export_file import verify_export
from candour.cases.exporting import write_export
from candour.cases.models import Case, CaseEntry
from candour.cases.queries import standing
from candour.cases.verification import verify
from candour.database.row_security import acting_for
from candour.engine import Refusal
from candour.people.actor import Actor
from candour.people.models import User
from tests.cases.conftest import World
from tests.cases.procedures import drafted, later

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "auditor"])
OPENING = later(3)
SECRET = "Nobody has slept there for a week."
ALL = "SELECT envelope FROM sealed_rating"


class Round:
    """A case that two bodies share, and a round of rating in it."""

    def __init__(self, world: World, owner: psycopg.Cursor[Any]) -> None:
        self.world = world
        with world.at_work():
            self.case_id = world.open().case_id
        owner.execute("UPDATE case_file SET shared_with = ARRAY[%s]::bigint[]", [world.board.pk])
        owner.connection.commit()
        self.chair = replace(world.head, user=User.objects.create(username="chair"))
        self.council, self.board = world.officer, world.outsider
        with world.at_work():
            called = drafted("ratings_called", later(1), agencies=["Council", "Board"])
            self.called = world.record(self.case_id, called).entry.id

    def seal(self, actor: Actor, agency: str, why: str = SECRET, **data: str) -> Any:
        with acting_for([actor.body_id], person=actor.user_id):
            return seal_rating(
                case_id=self.case_id,
                actor=actor,
                draft=drafted(
                    "risk_rated", later(2), self.called, agency=agency, rationale=why, **data
                ),
                expected_seq=None,
                as_of=later(2),
            )

    def open(self, actor: Actor, when: datetime = OPENING) -> Any:
        with acting_for([actor.body_id], person=actor.user_id):
            return open_ratings(
                case_id=self.case_id,
                actor=actor,
                draft=drafted("ratings_opened", when, self.called, reason="The meeting waits."),
                expected_seq=None,
                as_of=when,
            )

    def read_as(self, actor: Actor) -> list[tuple[Any, ...]]:
        with acting_for([actor.body_id], person=actor.user_id), connection.cursor() as cursor:
            cursor.execute(ALL)
            return list(cursor.fetchall())

    def kinds(self) -> list[str]:
        with self.world.at_work():
            return [e.kind for e in standing(Case.objects.get(pk=self.case_id)).recorded][2:]


@pytest.fixture
def round_(world: World, owner_cursor: psycopg.Cursor[Any]) -> Round:
    return Round(world, owner_cursor)


def test_until_all_have_rated_each_reads_only_their_own(round_: Round) -> None:
    assert isinstance(round_.seal(round_.council, "Council"), Recorded)
    assert len(round_.read_as(round_.council)) == 1
    assert round_.read_as(round_.chair) == [], "not the chair, though of the same body"
    assert round_.read_as(round_.board) == []
    with round_.world.at_work():
        held = list(CaseEntry.objects.values_list("payload", flat=True))
        assert not any("slept" in str(payload) for payload in held), "nor does the log say it"
    with acting_for([round_.world.council.pk], person=round_.council.user_id):
        assert own_ratings(round_.called, int(str(round_.council.user_id)))["Council"]
    assert round_.kinds() == ["rating_sealed"]


def test_when_the_last_has_rated_the_system_opens_and_shows_all(round_: Round) -> None:
    round_.seal(round_.council, "Council")
    round_.seal(round_.board, "Board", "Seen twice.")
    assert round_.kinds() == [*["rating_sealed"] * 2, "ratings_opened", *["risk_rated"] * 2]
    with round_.world.at_work():
        found = standing(Case.objects.get(pk=round_.case_id)).by_kind["risk_rated"]
    assert [(e.data["agency"], e.data["rationale"], e.role) for e in found] == [
        ("Council", SECRET, "system"),
        ("Board", "Seen twice.", "system"),
    ]
    assert len(round_.read_as(round_.chair)) == 2
    assert verify().sound
    with round_.world.at_work():
        assert (
            show_ratings(case_id=round_.case_id, body=round_.world.council, as_of=later(9)).shown
            == 0
        )


def test_the_chair_opens_early_and_only_what_there_is_is_shown(round_: Round) -> None:
    round_.seal(round_.council, "Council", "First thought.")
    round_.seal(round_.council, "Council", "Second thought.")
    assert isinstance(round_.open(round_.chair), Recorded)
    assert round_.kinds()[2:] == ["ratings_opened", "risk_rated"]
    with round_.world.at_work():
        (shown,) = standing(Case.objects.get(pk=round_.case_id)).by_kind["risk_rated"]
    assert shown.data["rationale"] == "Second thought."
    assert len(round_.read_as(round_.chair)) == 1, "what was replaced stays its author's"
    assert "over" in str(round_.open(round_.chair, later(4)))
    assert "over" in str(round_.seal(round_.board, "Board"))
    assert verify().sound


def test_who_opens_looks_and_rolls_back_has_seen_nothing(round_: Round) -> None:
    """Whatever settings a session of the application makes, short of being the author's."""
    round_.seal(round_.council, "Council")
    chair = round_.chair
    with acting_for([chair.body_id], person=chair.user_id), connection.cursor() as cursor:
        with transaction.atomic():
            opened = open_ratings(
                case_id=round_.case_id,
                actor=chair,
                draft=drafted("ratings_opened", later(3), round_.called, reason="To look."),
                expected_seq=None,
                as_of=later(3),
            )
            assert isinstance(opened, Recorded)
            cursor.execute(ALL)
            assert cursor.fetchall() == []
        transaction.set_rollback(True)
    assert round_.kinds() == ["rating_sealed"]
    assert round_.read_as(chair) == []


def test_the_accounts_reach_nothing_around_it(
    round_: Round, app_cursor: psycopg.Cursor[Any], auditor_cursor: psycopg.Cursor[Any]
) -> None:
    round_.seal(round_.council, "Council")
    council = str(round_.world.council.pk)
    app_cursor.execute("SELECT set_config('candour.bodies', %s, true)", [council])
    assert app_cursor.execute(ALL).fetchall() == [], "no person, no rating"
    author = str(round_.council.user_id)
    app_cursor.execute(
        "SELECT set_config('candour.bodies', '0', true), set_config('candour.person', %s, true)",
        [author],
    )
    assert app_cursor.execute(ALL).fetchall() == [], "the person, and not their body"
    for statement in (
        "UPDATE sealed_rating SET author_id = 1",
        "DELETE FROM sealed_rating",
        "TRUNCATE sealed_rating",
        "SELECT * FROM rating_opening",
        "INSERT INTO rating_opening VALUES (gen_random_uuid(), gen_random_uuid(), '1')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_cursor.execute(statement)
        app_cursor.connection.rollback()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        auditor_cursor.execute(ALL)


def test_an_envelope_that_its_seal_does_not_fit_is_refused(round_: Round) -> None:
    sealed = round_.seal(round_.council, "Council").entry.id
    with (
        pytest.raises(Exception, match="is not the one that entry"),
        acting_for([round_.world.council.pk], person=round_.council.user_id),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO sealed_rating (entry_id, envelope) VALUES (%s, '{}')", [sealed])


def test_the_database_lets_the_system_open_nothing_early(round_: Round) -> None:
    round_.seal(round_.council, "Council")
    with pytest.raises(Exception, match="only when everybody called on"):
        round_.open(Actor.system(round_.world.council))
    assert round_.kinds() == ["rating_sealed"]


@pytest.mark.parametrize(
    ("who", "agency", "words"),
    [
        ("council", "Police", "Called on to rate: Council, Board."),
        ("board", "Council", "Somebody else has rated for Council"),
    ],
)
def test_nobody_rates_for_another(round_: Round, who: str, agency: str, words: str) -> None:
    round_.seal(round_.council, "Council")
    answer = round_.seal(getattr(round_, who), agency)
    assert isinstance(answer, Refusal)
    assert words in str(answer)
    assert round_.kinds() == ["rating_sealed"]


def test_a_person_rates_for_one_agency_in_a_round_and_opens_nothing_alone(round_: Round) -> None:
    round_.seal(round_.council, "Council")
    answer = round_.seal(round_.council, "Board")
    assert isinstance(answer, Refusal)
    (reason,) = answer.reasons
    assert "You sealed a rating for Council in this round" in reason.text.en
    assert "ask somebody who works for Board" in reason.text.en
    assert "Fe wnaethoch selio sgôr dros Council" in reason.text.cy
    assert not answer.overridable
    assert round_.kinds() == ["rating_sealed"]
    assert isinstance(round_.seal(round_.council, "Council", "Thought over."), Recorded)
    assert isinstance(round_.seal(round_.board, "Board", "Seen twice."), Recorded)
    assert round_.kinds()[3:] == ["ratings_opened", *["risk_rated"] * 2]


def test_what_could_not_be_recorded_is_not_sealed(round_: Round) -> None:
    for data in ({"impact": "middling"}, {"salt": "00" * 32}, {"impact": ""}):
        assert isinstance(round_.seal(round_.council, "Council", **data), Refusal)
    round_.called = ""
    assert isinstance(round_.seal(round_.council, "Council"), Refusal)
    with round_.world.at_work():
        for kind in ("rating_sealed", "ratings_opened"):
            made = drafted(kind, later(2))
            answer = record(
                case_id=round_.case_id,
                actor=round_.chair,
                draft=made,
                expected_seq=None,
                as_of=later(2),
            )
            assert "on the page of the case" in str(answer)
    assert round_.kinds() == []


def test_the_same_form_sent_twice_seals_once(round_: Round) -> None:
    made = drafted("risk_rated", later(2), round_.called, agency="Council")
    for repeated in (False, True):
        with acting_for([round_.world.council.pk], person=round_.council.user_id):
            answer = seal_rating(
                case_id=round_.case_id,
                actor=round_.council,
                draft=made,
                expected_seq=None,
                as_of=later(2),
            )
        assert isinstance(answer, Recorded)
        assert answer.repeated is repeated
    assert round_.kinds() == ["rating_sealed"]


def test_an_export_alone_shows_that_what_was_opened_is_what_was_sealed(
    round_: Round,
    tmp_path: Any,
) -> None:
    round_.seal(round_.council, "Council")
    round_.seal(round_.board, "Board", "Seen twice.")
    file = tmp_path / "logs"
    assert write_export(file).sound
    assert verify_export(file).sound


def _logged(round_: Round, change: Any) -> list[str]:
    """Return the faults of the log with its entries changed and its chain made anew."""
    with round_.world.at_work():
        case = Case.objects.get(pk=round_.case_id)
        found = (
            CaseEntry.objects.filter(case=case).order_by("seq").values_list("payload", flat=True)
        )
        payloads = [change(str(p)) for p in found]
    rows, end = [], chain.start(case.ref)
    for n, text in enumerate((p for p in payloads if p), start=1):
        digest = chain.link(end, text.encode())
        rows.append((n, text.encode(), end, digest))
        end = digest
    checking = Checking()
    checking.take(CaseLog(case.ref, len(rows), end, rows))
    return [fault.what for fault in checking.report().faults]


def test_the_verifier_finds_a_rating_that_was_changed_on_opening(round_: Round) -> None:
    """Even where somebody with the run of the database made the whole chain anew."""
    round_.seal(round_.council, "Council")
    round_.seal(round_.board, "Board", "Seen twice.")
    assert _logged(round_, lambda text: text) == []
    softened = _logged(round_, lambda text: text.replace("Seen twice.", "Seen, and fine."))
    assert softened == ["it is not the rating that was sealed in entry 4."]
    kept_back = _logged(
        round_,
        lambda text: "" if "Seen twice." in text else text,
    )
    assert kept_back == ["what was sealed here is not shown with the others."]
    unopened = _logged(round_, lambda text: "" if '"kind":"ratings_opened"' in text else text)
    assert len(unopened) == 2
    assert all("nobody opened that" in what for what in unopened)
