"""A body that reaches out, and somebody who works for it."""

from collections.abc import Iterator

import pytest

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.people.models import User
from tests.experiences.files import a_body


@pytest.fixture
def ours(db: None) -> Iterator[Body]:
    """A body for which the whole test acts."""
    body = a_body("ours")
    with acting_for([body.pk]):
        yield body


@pytest.fixture
def ann(ours: Body) -> Actor:
    """Somebody of that body."""
    return Actor(User.objects.create_user("ann"), "officer", ours)
