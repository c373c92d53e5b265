"""What is said when a file looked at, or two services, cannot be dealt with so, and what to do."""

from candour.directory.errors import IntakeOverError, MergeRefusedError
from candour.engine.words import Words


def over() -> IntakeOverError:
    """Return the refusal of a file that was dealt with already."""
    return IntakeOverError(
        Words(
            "This file was taken or put aside already. Look at its page for what became of it.",
            "Cymerwyd y ffeil hon neu fe’i rhoddwyd o’r neilltu eisoes. Edrychwch ar ei thudalen i "
            "weld beth ddaeth ohoni.",
        )
    )


def moved_on() -> IntakeOverError:
    """Return the refusal of a file whose differences are no longer true."""
    return IntakeOverError(
        Words(
            "The directory has changed since this file was looked at. The differences are worked "
            "out anew; look at them, and take the file if they are right.",
            "Mae’r cyfeiriadur wedi newid ers edrych ar y ffeil hon. Cyfrifir y gwahaniaethau o’r "
            "newydd; edrychwch arnynt, a chymerwch y ffeil os ydynt yn gywir.",
        )
    )


def into_itself() -> MergeRefusedError:
    """Return the refusal of a merge of one row."""
    return MergeRefusedError(
        Words(
            "A service cannot be merged into itself. Choose two.",
            "Ni ellir uno gwasanaeth ag ef ei hun. Dewiswch ddau.",
        )
    )


def why_one() -> MergeRefusedError:
    """Return the refusal of a merge without a reason."""
    return MergeRefusedError(
        Words(
            "Say why these are one service: somebody will ask.",
            "Dywedwch pam mai un gwasanaeth yw’r rhain: bydd rhywun yn gofyn.",
        )
    )


def why_two() -> MergeRefusedError:
    """Return the refusal to undo a merge without a reason."""
    return MergeRefusedError(
        Words(
            "Say why they are two services after all: somebody will ask.",
            "Dywedwch pam mai dau wasanaeth ydynt wedi’r cyfan: bydd rhywun yn gofyn.",
        )
    )


def one_missing() -> MergeRefusedError:
    """Return the refusal of a merge with a row that is not there."""
    return MergeRefusedError(
        Words(
            "One of these services is not in the directory.",
            "Nid yw un o’r gwasanaethau hyn yn y cyfeiriadur.",
        )
    )


def merged_already(name: str) -> MergeRefusedError:
    """Return the refusal of a second merge of one row."""
    return MergeRefusedError(
        Words(
            f"{name} was merged into another row already. Merge that one, or undo the earlier "
            "merge first.",
            f"Unwyd {name} â rhes arall eisoes. Unwch honno, neu dad-wneud yr uno cynharach yn "
            "gyntaf.",
        )
    )


def merged_just_now() -> MergeRefusedError:
    """Return the refusal of a merge that somebody else made at the same moment."""
    return MergeRefusedError(
        Words(
            "Somebody merged this row a moment ago.",
            "Unodd rhywun y rhes hon eiliad yn ôl.",
        )
    )


def undone_already() -> MergeRefusedError:
    """Return the refusal to undo a merge twice."""
    return MergeRefusedError(
        Words(
            "This merge was undone already, or there is none such.",
            "Dadwnaed yr uno hwn eisoes, neu nid oes un o’r fath.",
        )
    )


def not_two() -> MergeRefusedError:
    """Return the refusal to tell apart what is not two services."""
    return MergeRefusedError(
        Words(
            "Choose two services of the directory.",
            "Dewiswch ddau wasanaeth o’r cyfeiriadur.",
        )
    )
