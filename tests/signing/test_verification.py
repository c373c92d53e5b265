"""``candour verify`` on documents put to be signed: as they were, or said to be altered."""

import pytest
from click.testing import CliRunner

from candour.cli.verify import command
from candour.signing.verification import verify_documents
from tests.cases.tampering import tamper
from tests.support.casework import make_town
from tests.support.signatures import Derbyshire, in_derbyshire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "auditor"])


@pytest.fixture
def made() -> Derbyshire:
    """A case whose record is signed, and a request that was withdrawn."""
    made = in_derbyshire(make_town())
    made.signs(made.asked(made.chief), 1, user=made.wendy)
    made.withdraws(made.asked(made.chief), "A name was wrong.")
    return made


def test_untouched_documents_are_as_put_to_be_signed(made: Derbyshire) -> None:
    assert verify_documents() == (2, ())
    assert verify_documents(made.case.ref.lower()) == (2, ())
    assert verify_documents("HD-2026-9999") == (0, ())
    told = CliRunner().invoke(command, [])
    assert told.exit_code == 0, told.output
    assert "2 documents are as put to be signed" in told.output


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            "UPDATE signing_document SET sealed = replace(sealed::text, 'Bells', 'Bell')::json",
            "not the one that was sealed",
        ),
        ("UPDATE signing_document SET pdf = '%PDF-another'", "not the one that was sealed"),
        ("UPDATE signing_copy SET pdf = '%PDF-another'", "not the one that was sealed"),
        (
            "UPDATE signing_document SET sealed = '{}', seal = encode(sha256('{}'), 'hex')"
            " WHERE id = (SELECT id FROM signing_document LIMIT 1)",
            "the seal of a document that is gone",
        ),
        ("DELETE FROM signing_event WHERE what = 'signed'", "say different things"),
        ("DELETE FROM signing_event WHERE what = 'withdrawn'", "say different things"),
    ],
    ids=["words", "PDF", "signed copy", "another sealed", "signature", "withdrawal"],
)
def test_what_was_altered_is_found(made: Derbyshire, act: str, said: str) -> None:
    tamper(act)
    _, faults = verify_documents()
    assert any(said in str(fault) for fault in faults), faults
    assert CliRunner().invoke(command, []).exit_code == 1
