"""What can go wrong with the database, as one family.

DatabaseTrouble
├── ServerWillNotStart   the embedded server did not come up; its own words are in the log
├── ServerUnreachable    the server that DATABASE_URL names does not answer
└── AccountTrouble       an account or the database is missing and may not be made
"""


class DatabaseTrouble(Exception):
    """The database cannot be used; the message says why and what to do."""


class ServerWillNotStart(DatabaseTrouble):
    """The embedded server did not come up."""


class ServerUnreachable(DatabaseTrouble):
    """The server that ``DATABASE_URL`` names does not answer."""


class AccountTrouble(DatabaseTrouble):
    """An account or the database itself is missing, and may not be made from here."""
