"""What is said when a name of an authority cannot be settled so: what is wrong, and what to do."""

from candour.directory.errors import NameRefusedError
from candour.engine.words import Words


def not_there() -> NameRefusedError:
    """Return the refusal of a name that no register gives."""
    return NameRefusedError(
        Words(
            "No register gives this name. Look at the list again.",
            "Nid oes yr un gofrestr yn rhoi’r enw hwn. Edrychwch ar y rhestr eto.",
        )
    )


def settled_already(name: str, body: str) -> NameRefusedError:
    """Return the refusal of a name that somebody settled in the meantime; `body` may be empty."""
    if not body:
        return NameRefusedError(
            Words(
                f"“{name}” was set aside already. Ask again about it first.",
                f"Rhoddwyd “{name}” o’r neilltu eisoes. Holwch yn ei gylch eto yn gyntaf.",
            )
        )
    return NameRefusedError(
        Words(
            f"“{name}” was matched to {body} already. Take that back first.",
            f"Parwyd “{name}” â {body} eisoes. Tynnwch hynny’n ôl yn gyntaf.",
        )
    )


def not_settled(name: str) -> NameRefusedError:
    """Return the refusal to ask again about a name that is open."""
    return NameRefusedError(
        Words(
            f"Nobody has settled “{name}” yet. It stands in the list.",
            f"Nid oes neb wedi setlo “{name}” eto. Mae yn y rhestr.",
        )
    )


def no_body() -> NameRefusedError:
    """Return the refusal of a match with nobody."""
    return NameRefusedError(
        Words(
            "Choose the body that it is, or make it.",
            "Dewiswch y corff ydyw, neu crëwch ef.",
        )
    )


def no_name() -> NameRefusedError:
    """Return the refusal of a body without a name, or with one that is too long."""
    return NameRefusedError(
        Words(
            "Write what the body is called, in 200 letters at most.",
            "Ysgrifennwch enw’r corff, mewn 200 llythyren ar y mwyaf.",
        )
    )


def name_taken(name: str) -> NameRefusedError:
    """Return the refusal of a second body of one name."""
    return NameRefusedError(
        Words(
            f"A body called “{name}” is kept already. Match the name to it.",
            f"Mae corff o’r enw “{name}” wedi’i gadw eisoes. Parwch yr enw ag ef.",
        )
    )


def being_taken() -> NameRefusedError:
    """Return the refusal to settle a name while a file is being taken in."""
    return NameRefusedError(
        Words(
            "A register’s file is being taken in. Wait a minute, and press again.",
            "Mae ffeil cofrestr yn cael ei chymryd i mewn. Arhoswch funud, a phwyswch eto.",
        )
    )
