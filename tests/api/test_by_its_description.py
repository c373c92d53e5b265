"""Every address of the API, asked in all the ways that its description allows."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from candour.cases.models import Case
from tests.api.asking import token_of
from tests.support.casework import Town

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Let no request close the connection whose transaction the test works in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
def test_every_answer_is_as_the_description_says(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candour.api.tokens.A_MINUTE", 10**6)
    site = get_wsgi_application()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site)
    header = {"Authorization": f"Bearer {token_of(town.mari)}"}
    asked = []
    for operation in schema.get_all_operations():
        assert isinstance(operation, Ok), operation
        wanted = operation.ok()

        @given(one=wanted.as_strategy())
        @settings(
            max_examples=25,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def check(one: Any) -> None:
            one.call_and_validate(headers=header, checks=CHECKS)

        check()
        asked.append(wanted.path)
    assert len(asked) == 9
