"""The letterheads of the demonstration: one for each body that leads cases, and made once."""

from datetime import UTC, datetime

import pytest

from candour.database.row_security import acting_for
from candour.documents.letterhead import PNG
from candour.letters.house import house_of, letterhead_of
from candour.letters.models import HouseStyle
from candour.site.demonstration.directory import make_bodies, make_people
from candour.site.demonstration.letterheads import make_letterheads

AS_OF = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_each_body_with_people_has_a_letterhead_of_its_own() -> None:
    bodies = make_bodies()
    people = make_people(bodies, "not a password")
    working = {post.body for user in people for post in user.posts.select_related("body")}
    for _again in range(2):
        make_letterheads(bodies, AS_OF)
    for body in working:
        with acting_for([body.pk]):
            assert HouseStyle.objects.filter(body=body).count() == 1
            head = letterhead_of(body, house_of(body), "en", AS_OF.date())
            assert head.logo is not None
            assert head.logo.startswith(PNG)
            assert head.address_lines
            assert head.email.endswith(".example")
            assert head.footer
