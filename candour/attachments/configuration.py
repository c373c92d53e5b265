"""Where documents are stored, from what a site says in its environment."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
OPTIONS = {"endpoint": "endpoint_url", "region": "region_name"}


class Unreadable(ValueError):
    """The store that was named cannot be understood; the message says what it looks like."""


def storage_settings(address: str, home: Path) -> dict[str, Any]:
    """Return Django’s settings of the storage for documents.

    Args:
        address: empty for a folder in the site’s home, or
            ``s3://BUCKET[/FOLDER][?endpoint=https://…&region=…]``. Keys are taken from where
            Amazon’s own tools take them (``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``).
        home: the site’s home.

    Raises:
        Unreadable: the address is neither.
    """
    if not address.strip():
        return _folder(home / "documents")
    parts = urlsplit(address.strip())
    asked = parse_qs(parts.query)
    if parts.scheme != "s3" or not parts.netloc or asked.keys() - OPTIONS.keys():
        raise Unreadable(
            f"CANDOUR_DOCUMENTS is “{address}”, which is no address of a store. It looks like "
            "s3://bucket/folder?endpoint=https://s3.example.org&region=eu-west-2, where all after "
            "the bucket may be left out; or leave it empty for a folder in the site’s home."
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": unquote(parts.path).strip("/"),
            "default_acl": None,  # the bucket’s own rule, which is to let nobody in
            "querystring_auth": True,
            "file_overwrite": False,
            "signature_version": "s3v4",
            **{OPTIONS[name]: values[0] for name, values in asked.items()},
        },
    }


def _folder(where: Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(where),
            "base_url": None,  # nothing but a page of the site serves them
            "file_permissions_mode": PRIVATE_FILE,
            "directory_permissions_mode": PRIVATE_FOLDER,
        },
    }
