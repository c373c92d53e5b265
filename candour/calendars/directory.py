"""The addresses that the directory knows of the bodies of a case, on a day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from candour.bodies.effective import holds_on
from candour.bodies.models import Contact, Function
from candour.bodies.queries import bodies_holding
from candour.calendars.invited import Known
from candour.cases.models import Case
from candour.engine.words import Language
from candour.people.models import Post


def known_addresses(case: Case, day: date) -> tuple[Known, ...]:
    """Return the contacts of a case's bodies, and the staff of those that lead or share it.

    Its bodies are those that lead and share it, the council that hosts the service, its provider,
    and the regulators of the nation. Three queries.
    """
    service = case.service
    provider = service.provider_id if service else None
    host = service.host_authority_id if service else None
    own = {case.body_id, *case.shared_with}
    near = own | {number for number in (host, provider) if number is not None}
    regulators = bodies_holding(Function.REGULATOR, day).filter(nation=case.body.nation)
    contacts = Contact.objects.filter(holds_on(day)).exclude(email="")
    found = contacts.filter(body_id__in=near) | contacts.filter(body__in=regulators)
    by_slug = {body.pk: body.slug.replace("-", "_") for body in regulators}
    return (*_contacts(found.order_by("pk"), by_slug, provider), *_staff(own, day))


def _contacts(
    found: Iterable[Contact], by_slug: Mapping[int, str], provider: int | None
) -> Iterator[Known]:
    for contact in found:
        agency = by_slug.get(contact.body_id, contact.role)
        yield Known(contact.email, contact.name, agency, of_provider=contact.body_id == provider)


def _staff(bodies: set[int], day: date) -> Iterator[Known]:
    held = Post.objects.filter(holds_on(day), body_id__in=bodies, user__is_active=True)
    for post in held.exclude(user__email="").select_related("user").order_by("pk"):
        language: Language = "cy" if post.user.language == "cy" else "en"
        yield Known(post.user.email, post.user.name, language=language)
