"""Turns: what two people of a body may not do at the same moment, one does after the other."""

from django.db import connection, transaction


def take_turns(what: str, body_id: int) -> None:
    """Wait until nobody else does this for a body; the others then wait for this transaction.

    What was looked at before is looked at again afterwards: the other may have changed it.

    Args:
        what: the thing that only one may do, as a word that no other thing has.
        body_id: the body for which it is done.

    Raises:
        TransactionManagementError: there is no transaction, so the turn would be over at once.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"“{what}” needs a transaction to wait in.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{what}/{body_id}"]
        )
