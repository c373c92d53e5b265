"""Where the server is and which accounts it has, without asking it anything."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from candour.database.errors import DatabaseTrouble
from candour.database.home import home_folder, kept_secret

DATABASE = "candour"
OWNER = "candour_owner"
APP = "candour_app"
AUDITOR = "candour_auditor"
SUPERUSER = "postgres"

URL_VARIABLES = {
    OWNER: "CANDOUR_OWNER_DATABASE_URL",
    APP: "CANDOUR_APP_DATABASE_URL",
    AUDITOR: "CANDOUR_AUDITOR_DATABASE_URL",
}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a PostgreSQL server listens, and where its files are when they are ours."""

    host: str
    port: int
    database: str = DATABASE
    data: str | None = None
    binaries: str | None = None
    system_account: str | None = None

    @property
    def embedded(self) -> bool:
        """True when the server's files belong to this site."""
        return self.data is not None


def uses_own_server() -> bool:
    """Return True when no other server is named, so that the embedded one is used."""
    return not os.environ.get("DATABASE_URL") and not os.environ.get(URL_VARIABLES[APP])


def address_file() -> Path:
    """Return the path of the note that says where the embedded server is."""
    return home_folder() / "postgres.json"


def read_address() -> ServerAddress | None:
    """Return where the embedded server was last, or None when it never ran."""
    try:
        return ServerAddress(**json.loads(address_file().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise DatabaseTrouble(
            f"{address_file()} should say where the database is, but cannot be read ({error}). "
            "Delete that one file and start again: the records themselves are not in it."
        ) from error


def write_address(address: ServerAddress) -> None:
    """Keep the address for the next start, in one step so that no reader sees half of it."""
    path = address_file()
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(address), indent=1), encoding="utf-8")
    draft.replace(path)


def parse_url(variable: str) -> dict[str, Any]:
    """Return the connection parameters that the environment variable's address gives.

    Raises:
        DatabaseTrouble: the address is not one of PostgreSQL's.
    """
    try:
        return dict(conninfo_to_dict(os.environ[variable]))
    except ProgrammingError as error:
        raise DatabaseTrouble(
            f"{variable} is not an address that PostgreSQL understands ({str(error).strip()}). "
            "Write it like postgresql://account:password@host:5432/candour"
        ) from error


def account_parameters(account: str) -> dict[str, Any]:
    """Return libpq's parameters for one of the three accounts.

    They come from the account's own variable, else from ``DATABASE_URL`` with this site's kept
    password, else from the embedded server's note. The last may be missing before the first
    start: the port is then empty, and connecting fails with a plain refusal.
    """
    variable = URL_VARIABLES.get(account, "")
    if os.environ.get(variable):
        return parse_url(variable)
    own = {"user": account, "password": kept_secret(account)}
    if os.environ.get("DATABASE_URL"):
        return parse_url("DATABASE_URL") | own
    address = read_address() or ServerAddress(host="127.0.0.1", port=0)
    return {"host": address.host, "port": address.port, "dbname": address.database} | own


def administrator_parameters() -> dict[str, Any]:
    """Return libpq's parameters for the account that makes the other three."""
    if os.environ.get("DATABASE_URL"):
        return parse_url("DATABASE_URL")
    return account_parameters(SUPERUSER) | {"dbname": "postgres"}
