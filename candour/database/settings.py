"""Django's connection settings, read from the environment or from the embedded server's note."""

import os
from typing import Any

from candour.database.address import APP, AUDITOR, OWNER, account_parameters

POOL_SIZE = 8


def connection_settings() -> dict[str, dict[str, Any]]:
    """Return Django's ``DATABASES``: the aliases default (application), owner and auditor.

    The application's connections are pooled for each process; ``CANDOUR_POOL_SIZE`` sets how
    many, and 0 turns the pool off. ``CANDOUR_STATEMENT_TIMEOUT`` (seconds) ends a query of the
    application that runs longer; web processes set it, long imports do not.
    """
    application = _alias(APP)
    size = int(os.environ.get("CANDOUR_POOL_SIZE", POOL_SIZE))
    if size:
        application["OPTIONS"]["pool"] = {"min_size": 1, "max_size": size, "timeout": 10}
    limit = os.environ.get("CANDOUR_STATEMENT_TIMEOUT")
    if limit:
        milliseconds = int(float(limit) * 1000)
        application["OPTIONS"]["options"] = f"-c statement_timeout={milliseconds}"
    return {"default": application, "owner": _alias(OWNER), "auditor": _alias(AUDITOR)}


def _alias(account: str) -> dict[str, Any]:
    parameters = account_parameters(account)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parameters.pop("dbname", "candour"),
        "USER": parameters.pop("user", account),
        "PASSWORD": parameters.pop("password", ""),
        "HOST": parameters.pop("host", ""),
        "PORT": str(parameters.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": f"candour {account}", "connect_timeout": 5} | parameters,
    }
