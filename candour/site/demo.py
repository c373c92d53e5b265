"""What a demonstration shows: bodies, people, cases and experiences to try things on."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from candour.bodies.models import Body
from candour.people.models import Post, User
from candour.site.demonstration.cases import make_cases
from candour.site.demonstration.directory import MAIL, make_bodies, make_people
from candour.site.demonstration.documents import make_documents
from candour.site.demonstration.experiences import make_experiences
from candour.site.demonstration.feeding_back import make_feeding_back
from candour.site.demonstration.files_sent import make_files_sent
from candour.site.demonstration.found import make_found
from candour.site.demonstration.letterheads import make_letterheads
from candour.site.demonstration.letters import make_letters
from candour.site.demonstration.listings import make_listings
from candour.site.demonstration.mailed import make_mailed
from candour.site.demonstration.outreach import make_outreach
from candour.site.demonstration.outside import make_outside
from candour.site.demonstration.partners import make_partners
from candour.site.demonstration.password import shared_password
from candour.site.demonstration.registers import make_registers
from candour.site.demonstration.routes import make_routes
from candour.site.demonstration.sealed import make_sealed
from candour.site.demonstration.signatures import make_signatures
from candour.site.demonstration.telling import make_tellings
from candour.site.sign_ins import SignIn
from candour.site.trouble import SiteTrouble


def load_demo(*, as_of: datetime, with_experiences: bool = True) -> list[SignIn]:
    """Make what is missing of the demonstration, and return the people to sign in as.

    Safe to repeat: what is there already stays as people left it.

    Args:
        as_of: the present, to which the demonstration's dates are related.
        with_experiences: False leaves out the sample of people's experiences.

    Raises:
        SiteTrouble: the database holds somebody's real records.
    """
    _refuse_real_site()
    password = shared_password()
    with transaction.atomic():
        bodies = make_bodies()
        make_routes()
        people = make_people(bodies, _encoded(password))
    make_letterheads(bodies, as_of)
    make_listings(bodies, as_of)
    if with_experiences:
        make_experiences(bodies, as_of)
    make_cases(bodies, as_of, with_experiences=with_experiences)
    make_documents(bodies, as_of)
    make_letters(bodies, as_of)
    make_signatures(bodies, as_of)
    make_outside(bodies, as_of)
    make_partners(bodies, as_of)
    make_registers(bodies, as_of)
    make_sealed(bodies, as_of)  # of the newest that were made above
    if with_experiences:
        make_tellings(bodies, as_of)
        make_mailed(bodies, as_of)
        make_outreach(bodies, as_of)
        make_feeding_back(bodies, as_of)
        make_found(bodies, as_of)
        make_files_sent(bodies, as_of)
    return [_sign_in(user, password) for user in people]


def _refuse_real_site() -> None:
    made_here = User.objects.filter(email__endswith=f"@{MAIL}").exists()
    if not made_here and (User.objects.exists() or Body.objects.exists()):
        raise SiteTrouble(
            "This database holds the records of a real site, so no demonstration is put into it. "
            "Unset DATABASE_URL, or name an empty database, or set CANDOUR_HOME to another folder."
        )


def _encoded(password: str) -> str:
    """Return the password as it is stored: encoding takes long, so once for everybody."""
    people = User.objects.filter(email__endswith=f"@{MAIL}")
    for stored in set(people.values_list("password", flat=True)):
        if check_password(password, stored):
            return stored
    encoded = make_password(password)
    people.update(password=encoded)  # they were made under another home folder, and locked out
    return encoded


def _sign_in(user: User, password: str) -> SignIn:
    post = Post.objects.filter(user=user).select_related("body").order_by("pk")[0]
    return SignIn(user.username, password, f"{user.name}: {post.title}, {post.body}")
