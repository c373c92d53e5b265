"""Django's connection settings, read from the environment or from the embedded server's files."""

from typing import Any


def connection_settings() -> dict[str, dict[str, Any]]:
    """Return Django's ``DATABASES``: the aliases default (application), owner and auditor."""
    return {
        alias: {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "candour",
            "USER": account,
            "HOST": "127.0.0.1",
            "PORT": "",
        }
        for alias, account in [
            ("default", "candour_app"),
            ("owner", "candour_owner"),
            ("auditor", "candour_auditor"),
        ]
    }
