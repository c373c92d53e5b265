"""The JSON Schema (2020-12) of a pack, from the same grammar that the reader checks by.

It knows the words of the format; that names refer to something is for the reader to say.
"""

import json
from pathlib import Path
from typing import Any, Final

from candour.policies.reading.checking import Schema
from candour.policies.reading.grammar import PACK
from candour.policies.reading.inheriting import PERSONAL
from candour.policies.reading.shapes import DEFINED
from candour.policies.scenarios.grammar import SCENARIO

PUBLISHED: Final = Path(__file__).parent / "procedure.schema.json"


def pack_schema() -> Schema:
    """Return the schema of a whole pack, its files put together."""
    body = PACK.schema()
    body["required"] = [part.name for part in PACK.parts if part.required and _own(part.name)]
    body["not"] = {"required": ["clauses", "clauses_from"]}
    body["if"] = {"not": {"required": ["based_on"]}}
    body["then"] = {
        "required": [part.name for part in PACK.parts if part.required],
        "oneOf": [{"required": ["clauses"]}, {"required": ["clauses_from"]}],
    }
    about = "All files of a pack put together. YAML 1.2: dates are text."
    return _whole("A procedure pack of Candour", about, body)


def _own(part: str) -> bool:
    """Say whether a part is asked of each pack itself, whatever its base has."""
    return part in PERSONAL - {"sources"}


def scenario_schema() -> Schema:
    """Return the schema of a scenario file."""
    return _whole("A scenario of Candour", "A situation as a test.", SCENARIO.schema())


def _whole(title: str, about: str, body: Schema) -> Schema:
    """Return a schema with everything that it refers to."""
    needed = _referred(body)
    defined: dict[str, Any] = {}
    while needed - defined.keys():
        for name in sorted(needed - defined.keys()):
            defined[name] = DEFINED[name].schema()
            needed |= _referred(defined[name])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": about,
        **body,
        "$defs": {name: defined[name] for name in sorted(defined)},
    }


def _referred(schema: object) -> set[str]:
    """Return the names of the definitions that a schema refers to."""
    if isinstance(schema, dict):
        own = {str(schema["$ref"]).rpartition("/")[2]} if "$ref" in schema else set()
        return own.union(*(_referred(part) for part in schema.values()))
    if isinstance(schema, list):
        return set().union(*(_referred(part) for part in schema))
    return set()


def written() -> str:
    """Return the schema as it is published."""
    return json.dumps(pack_schema(), indent=2, ensure_ascii=False) + "\n"
