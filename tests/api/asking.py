"""A program with a token of somebody in the town."""

from typing import Any

from django.test import Client

from candour.api.models import Part
from candour.api.tokens import make_token
from candour.database.row_security import acting_for
from candour.people.models import Post, User
from candour.site import clock


def token_of(user: User, *parts: Part, days: int = 30) -> str:
    """Return a new token of somebody’s first post; it reads everything where no part is given."""
    post = Post.objects.select_related("user", "body").filter(user=user).order_by("pk")[0]
    with acting_for([post.body_id], person=user.pk):
        return make_token(post, "Brokerage", parts or tuple(Part), days=days, as_of=clock.now())


def ask(token: str, path: str, **query: Any) -> Any:
    """Return the answer to a request with a token."""
    header = {"authorization": f"Bearer {token}"} if token else {}
    return Client().get(f"/api/v1/{path}", query, headers=header)


def told(token: str, path: str, **query: Any) -> Any:
    """Return what a good answer says."""
    answer = ask(token, path, **query)
    assert answer.status_code == 200, answer.content
    return answer.json()
