"""Opens the site for a command: a running server, Django ready, and the tables as they should be.

Django and the database's driver are imported inside the functions, so that commands that need
neither start at once.
"""

import os

import click


def open_site() -> None:
    """Make the site usable for the rest of this command.

    Starts the embedded server when it is not running, and lets go of it when the command ends.

    Raises:
        DatabaseTrouble: there is no usable server.
        click.ClickException: the tables are older than the program.
    """
    connect_site()
    if _waiting_migrations():
        raise click.ClickException(
            "The database was made by an older release, or is empty. Run: candour migrate"
        )


def connect_site() -> None:
    """Start the server and Django, whatever state the tables are in."""
    from candour import database  # noqa: PLC0415  # see the module's first lines

    database.ensure_server()
    context = click.get_current_context(silent=True)
    if context is not None:
        context.find_root().call_on_close(database.stop_server)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.site.settings")
    import django  # noqa: PLC0415  # see the module's first lines

    django.setup()


def _waiting_migrations() -> bool:
    """Return True when a migration has not been applied, or the accounts do not exist yet."""
    import psycopg  # noqa: PLC0415  # see the module's first lines
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    from candour.database.address import APP, account_parameters  # noqa: PLC0415

    parameters = account_parameters(APP) | {"dbname": connection.settings_dict["NAME"]}
    try:
        with psycopg.connect(**parameters) as plain:
            applied = set(plain.execute("SELECT app, name FROM django_migrations").fetchall())
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return True
    return not applied.issuperset(MigrationLoader(None).graph.leaf_nodes())
