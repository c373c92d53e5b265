"""How a signed-in person is found again at each request."""

from allauth.account.auth_backends import AuthenticationBackend

from candour.people.models import User
from candour.people.queries import user_with_posts


class PostHolders(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signs people in as allauth does, and fetches a person and their posts in one query."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of this id with their posts, or None when they may not sign in."""
        user = user_with_posts(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
