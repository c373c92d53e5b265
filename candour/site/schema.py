"""Brings the accounts and the tables of the database up to this release."""

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from candour import database


def bring_up_to_date() -> int:
    """Apply what is missing, as the owner, and return how many migrations that was.

    The server must be running (`candour.database.ensure_server`).
    """
    database.prepare_roles()
    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    owner.close()
    return len(waiting)
