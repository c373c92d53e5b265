"""A town with a case, and a store of its own for each test."""

from pathlib import Path

import pytest
from pytest_django import Settings

from candour.attachments.configuration import storage_settings
from candour.cases.models import Case
from tests.support.casework import Town, make_town, open_at


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Where documents lie in this test."""
    settings.STORAGES = {**settings.STORAGES, "documents": storage_settings("", tmp_path)}
    return tmp_path / "documents"


@pytest.fixture
def town(db: None) -> Town:
    """Organisations, people and services."""
    return make_town()


@pytest.fixture
def case(town: Town, folder: Path) -> Case:
    """A case in Cardiff, opened on 9 March 2026."""
    return open_at(town, "2026-03-09T09:00")
