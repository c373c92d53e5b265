"""Where the records live: one PostgreSQL server and three accounts on it.

`ensure_server` gives a running server: the embedded one, or the one that ``DATABASE_URL`` names.
`prepare_roles` gives it the accounts, `stop_server` lets go of it, `throw_away` drops what an
embedded one holds. Row security has a module of its own, `candour.database.row_security`.
"""

from candour.database.address import APP, AUDITOR, OWNER, ServerAddress
from candour.database.errors import (
    AccountTrouble,
    DatabaseTrouble,
    ServerUnreachable,
    ServerWillNotStart,
)
from candour.database.lifetime import ensure_server, stop_server
from candour.database.roles import prepare_roles, throw_away

__all__ = [
    "APP",
    "AUDITOR",
    "OWNER",
    "AccountTrouble",
    "DatabaseTrouble",
    "ServerAddress",
    "ServerUnreachable",
    "ServerWillNotStart",
    "ensure_server",
    "prepare_roles",
    "stop_server",
    "throw_away",
]
