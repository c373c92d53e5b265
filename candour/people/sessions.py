"""Sessions in the database, honest about why one could not be kept.

Django takes any failure to write a session for a person who signed out meanwhile, and answers 400.
A database that went away is no fault of the person's: it is answered as every other trouble of the
site, so that the same form can be sent again.
"""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import InterfaceError, OperationalError


class SessionStore(DatabaseSessions):
    """A session kept in the database."""

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  # Django's signature
        """Keep the session.

        Raises:
            OperationalError: the database could not be reached; `InterfaceError` likewise.
            UpdateError: somebody ended the session meanwhile.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
