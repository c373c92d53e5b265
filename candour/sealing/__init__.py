"""Sealed identity: who spoke, and the words as they were given, encrypted apart from all else.

What is sealed stands in one table that holds nothing readable; the keys stand outside the database.
Public names:

* `candour.sealing.keeping`: `seal`, `seal_many`, `keep`, `destroy`;
* `candour.sealing.opening`: `open_sealed`, for a custodian with a reason, and always logged;
* `candour.sealing.machine`: what programs seal for themselves and open by themselves: mail;
* `candour.sealing.details`: `PersonDetails`, who somebody is and how to reach them;
* `candour.sealing.consents`: what the person agreed to, asked of the room that keeps it;
* `candour.sealing.custody`: who may open, and who said so;
* `candour.sealing.masters`, `candour.sealing.rotating`: the keys.
"""
