"""The procedure that a case runs on: the one it was opened under, in that version."""

from candour import policies
from candour.engine import Procedure


class ProcedureUnavailable(LookupError):
    """A case runs on a version of a procedure that this release does not have."""

    def __init__(self, name: str, version: str, has: str) -> None:
        super().__init__(
            f"This case runs on version {version} of the procedure “{name}”, and this release has "
            f"version {has}. Put the pack of version {version} back; nothing of the case is lost."
        )


def procedure_named(name: str, version: str) -> Procedure:
    """Return the procedure of this name in exactly this version.

    Raises:
        ProcedureUnavailable: there is only another version.
        policies.PackError: there is none of that name, or it cannot be used.
    """
    found = policies.load(name)
    if found.version != version:
        raise ProcedureUnavailable(name, version, found.version)
    return found


def prefix_of(procedure: Procedure) -> str:
    """Return what the refs of its cases begin with: the initials of its name, such as CV."""
    return "".join(word[0] for word in procedure.name.split("_") if word).upper()


def live_key_of(procedure: Procedure, service_id: int | None) -> str | None:
    """Return what an open case under it blocks for a second one; None where any number may run."""
    if not procedure.one_live_case or service_id is None:
        return None
    return f"{procedure.name}:{service_id}"
