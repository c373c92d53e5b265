"""Brings the accounts and the tables of the database up to this release."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Final

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from candour import database

WHICH_TO_DRAW: Final = "_find_reload_model"  # nothing public of Django's decides it


def bring_up_to_date() -> int:
    """Apply what is missing, as the owner, and return how many migrations that was.

    The server must be running (`candour.database.ensure_server`).
    """
    database.prepare_roles()
    return make_tables()


def make_tables() -> int:
    """Apply the migrations that the owner's database lacks, and return how many that was."""
    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        from_nothing = not executor.loader.applied_migrations
        with drawing_models_alone() if from_nothing else nullcontext():
            call_command("migrate", database="owner", verbosity=0, interactive=False)
    owner.close()
    return len(waiting)


@contextmanager
def drawing_models_alone() -> Iterator[None]:
    """Have Django draw anew only the model that a migration changes, not all that know it.

    Nearly every model here knows a body or a person, so that each of some 400 changes would draw
    50 models: most of the time that the first start takes. The tables of an empty database are
    the same without (a test compares them); where there are rows, Django goes its own way.
    """
    drawn_with = getattr(ProjectState, WHICH_TO_DRAW)
    setattr(ProjectState, WHICH_TO_DRAW, _alone)
    try:
        yield
    finally:
        setattr(ProjectState, WHICH_TO_DRAW, drawn_with)


def _alone(
    state: ProjectState, app_label: str, model_name: str, _delay: object = None, **_rest: object
) -> set[tuple[str, str]]:
    state.is_delayed = True  # whoever runs Python over the models has all of them drawn anew
    return {(app_label, model_name)}
