"""A store that speaks S3: the same document goes there, is read back, and is noticed when gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from candour.attachments import storing
from candour.attachments.configuration import Unreadable, storage_settings
from candour.attachments.receiving import ReceivedFile
from candour.attachments.verification import verify_filed
from candour.cases.models import Case
from tests.support.casework import Town, open_at
from tests.support.documents import file_in, filed
from tests.support.files import PDF, picture

BUCKET = "candour-documents"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a stand-in for a store, on this machine alone."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The store, empty, with the site set to use a folder in it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "stand-in")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "stand-in")
    made = boto3.resource("s3", endpoint_url=endpoint, region_name="eu-west-2").Bucket(BUCKET)
    made.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    address = f"s3://{BUCKET}/site%20one?endpoint={endpoint}&region=eu-west-2"
    settings.STORAGES = {**settings.STORAGES, "documents": storage_settings(address, Path("/"))}
    yield made
    made.objects.all().delete()
    made.delete()


@pytest.fixture
def case(town: Town, bucket: Any) -> Case:
    return open_at(town, "2026-03-09T09:00")


@pytest.mark.django_db
def test_a_document_goes_there_and_comes_back(town: Town, case: Case, bucket: Any) -> None:
    large = picture(size=900) + bytes(0)
    rows = [filed(town, case).document, filed(town, case, large, name="a.jpg").document]
    keys = {item.key for item in bucket.objects.all()}
    assert keys == {f"site one/{row.stored_as}" for row in rows}
    for row, content in zip(rows, (PDF, large), strict=True):
        with storing.intact(row) as file:
            assert file.read() == content
    assert set(storing.names()) == {row.stored_as for row in rows}


@pytest.mark.django_db
def test_a_file_as_a_form_brings_it_goes_there_from_disk(town: Town, case: Case) -> None:
    file = ReceivedFile("rota.pdf", "application/pdf", 0, None, {})
    file.write(PDF)
    row = filed(town, case, file=file.content).document
    file.close()
    with storing.intact(row) as back:
        assert back.read() == PDF


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing_there(town: Town, case: Case, bucket: Any) -> None:
    file_in(town, case, title="x" * 301)
    assert list(bucket.objects.all()) == []


@pytest.mark.django_db(transaction=True, databases=["default", "auditor"])
def test_what_was_changed_or_is_gone_there_is_noticed(town: Town, case: Case, bucket: Any) -> None:
    changed, gone = filed(town, case).document, filed(town, case).document
    bucket.put_object(Key=f"site one/{changed.stored_as}", Body=b"else")
    bucket.Object(f"site one/{gone.stored_as}").delete()
    bucket.put_object(Key="site one/ab/unled", Body=b"left")
    with pytest.raises(storing.Altered):
        storing.intact(changed)
    with pytest.raises(storing.Missing):
        storing.intact(gone)
    found = verify_filed()
    assert found.number == 2
    assert sorted(str(fault).split(": ", 1)[1][:30] for fault in found.faults) == [
        "the file that it filed is miss",
        "the file that it filed was cha",
    ]
    assert found.unled == ("ab/unled",)


@pytest.mark.parametrize(
    "address", ["https://s3.example/b", "s3:///folder", "s3://b?acl=public", "folder"]
)
def test_an_address_that_is_none_is_refused_with_what_one_looks_like(address: str) -> None:
    with pytest.raises(Unreadable, match="s3://bucket/folder"):
        storage_settings(address, Path("/"))


def test_nothing_in_a_store_is_open_to_the_public() -> None:
    options = storage_settings("s3://b", Path("/"))["OPTIONS"]
    assert options["default_acl"] is None
    assert options["querystring_auth"] is True
    assert options["file_overwrite"] is False
