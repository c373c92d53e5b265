"""The procedures that a case runs on: the one that its row pins, and those of its log before."""

from collections.abc import Iterable

from candour import policies
from candour.engine import Entry, Procedure, Standing, UnknownProcedure
from candour.engine.vocabulary import CHANGED


class ProcedureUnavailable(UnknownProcedure):
    """A case runs on a version of a procedure that this release does not have."""

    def __init__(self, name: str, version: str, has: str) -> None:
        self.name, self.version, self.has = name, version, has
        super().__init__(
            f"This case runs on version {version} of the procedure “{name}”, and this release has "
            f"version {has}. Put the pack of version {version} back, in the folder "
            f"procedures/{name}/versions/{version}; nothing of the case is lost."
        )


def procedure_named(name: str, version: str) -> Procedure:
    """Return the procedure of this name in exactly this version.

    Raises:
        ProcedureUnavailable: there is none of that name, or only in other versions.
        policies.FaultyPack: it cannot be used.
    """
    try:
        found = policies.load(name)
        if found.version != version:
            found = policies.load_version(name, version)
    except policies.NoSuchPack as error:
        there_are = policies.versions_of(name) if name in policies.available() else ["none"]
        raise ProcedureUnavailable(name, version, ", ".join(there_are)) from error
    return found


def unread(procedure: Procedure, entries: Iterable[Entry]) -> Standing:
    """Return the empty standing to fold these entries onto, of a case now under `procedure`.

    It is of the procedure that the log began under, which its first change of procedure names.

    Raises:
        ProcedureUnavailable: this release does not have that one.
    """
    change = next((entry for entry in entries if entry.kind == CHANGED), None)
    first = procedure
    if change is not None:
        first = procedure_named(change.data["from_procedure"], change.data["from_version"])
    return Standing(first, library=procedure_named)


def prefix_of(procedure: Procedure) -> str:
    """Return what the refs of its cases begin with: the initials of its name, such as CV."""
    return "".join(word[0] for word in procedure.name.split("_") if word).upper()


def live_key_of(procedure: Procedure, service_id: int | None) -> str | None:
    """Return what an open case under it blocks for a second one; None where any number may run."""
    if not procedure.one_live_case or service_id is None:
        return None
    return f"{procedure.name}:{service_id}"
