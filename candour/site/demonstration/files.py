"""Reads the demonstration's own files (YAML 1.2)."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


def read(path: Path) -> Any:  # noqa: ANN401  # whatever the file holds; who reads it knows its shape
    """Return what a file of the demonstration holds."""
    with path.open(encoding="utf-8") as file:
        return YAML(typ="safe", pure=True).load(file)
