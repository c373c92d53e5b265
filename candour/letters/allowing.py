"""Who may never get a letter, whatever a person ticks: the last look before anything leaves.

Pure, and asked by the verb that sends as well as by the page, so that no page can be gone round.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from candour.documents.facts.seen import SHARED_WITH
from candour.engine import Standing, Words
from candour.engine.conditions.on_sharing import WITHHELD, latest_decision
from candour.engine.fields import as_values
from candour.engine.templates import MAY_GET, Audience
from candour.engine.words import same
from candour.letters.directory import Directory
from candour.letters.recipients import OUTSIDE, Chosen
from candour.letters.resolving import is_of_provider

PROVIDER = "provider"
OTHERS = SHARED_WITH["others"]
# Domains at which anybody may have an address: sharing one with the provider says nothing.
ANYBODYS = frozenset(
    {
        "aol.com",
        "btinternet.com",
        "gmail.com",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "mail.com",
        "nhs.net",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "yahoo.co.uk",
        "yahoo.com",
    }
)


@dataclass(frozen=True, slots=True)
class Bar:
    """Why one recipient may not get a letter."""

    key: str
    words: Words


def bars(
    chosen: Iterable[Chosen],
    audience: Audience,
    directory: Directory,
    *,
    standing: Standing,
    used: Sequence[str],
    at: datetime,
) -> tuple[Bar, ...]:
    """Return why recipients may not get a letter; nothing when all of them may.

    Args:
        chosen: those who would get it.
        audience: for whom its template is written.
        directory: what is known of the case's provider.
        standing: the case.
        used: the ids of the entries whose facts stand in the letter.
        at: when it would be sent.
    """
    found: list[Bar] = []
    for each in chosen:
        if each.left_out:
            continue
        found.extend(_provider_bar(each, audience, directory))
        found.extend(_withheld_bars(each, standing, used, at))
    return tuple(found)


def _provider_bar(each: Chosen, audience: Audience, directory: Directory) -> Iterator[Bar]:
    """Yield that it is the provider's, where the provider may not have what the letter says."""
    if PROVIDER in MAY_GET[audience] or directory.provider is None:
        return
    if each.email and _is_providers(each.email, directory):
        en, cy = f"{each.email} is an address of", f"Cyfeiriad yw {each.email} yn"
    elif each.rule not in ("members", "role") and any(
        is_of_provider(name, directory) for name in (each.name, each.body) if name
    ):
        en, cy = f"{each.called} speaks for", f"Mae {each.called} yn siarad ar ran"
    else:
        return
    provider = directory.provider
    yield Bar(
        each.key,
        Words(
            f"{en} {provider.name}, and this letter is for the agencies alone. It never goes to "
            "the provider.",
            f"{cy} {provider.name_cy or provider.name}, ac i’r asiantaethau’n unig y mae’r llythyr "
            "hwn. Nid yw byth yn mynd at y darparwr.",
        ),
    )


def _is_providers(email: str, directory: Directory) -> bool:
    """Whether an address is known as the provider's, or lies at a domain that is its own."""
    address = email.strip().casefold()
    if address in directory.provider_people:
        return True
    return _domain(address) in _domains(directory)


def _domains(directory: Directory) -> set[str]:
    """Return the domains at which only the provider has addresses, as far as is known."""
    theirs = {_domain(email) for email in directory.provider_people}
    others = {
        _domain(desk.email)
        for body in directory.all
        if directory.provider is None or body.id != directory.provider.id
        for desk in body.desks
    }
    others |= {_domain(held.email) for held in directory.posts}
    return theirs - others - ANYBODYS - {""}


def _domain(email: str) -> str:
    return email.casefold().rpartition("@")[2]


def _withheld_bars(
    each: Chosen, standing: Standing, used: Sequence[str], at: datetime
) -> Iterator[Bar]:
    """Yield the decisions that keep from this recipient what the letter says."""
    for entry_id in dict.fromkeys(used):
        decided = (latest_decision(standing, entry_id, kind, at) for kind in _kinds(each))
        by_kind = any(one is not None and one.kind == WITHHELD for one in decided)
        if by_kind or _withheld_by_name(each, standing, entry_id, at):
            yield Bar(
                each.key,
                Words(
                    f"The letter says something that is closed to {each.called} by a decision. "
                    "Take it out, or record that it may be shared.",
                    f"Mae’r llythyr yn dweud rhywbeth sydd ar gau i {each.called} drwy "
                    "benderfyniad. Tynnwch ef, neu cofnodwch y gellir ei rannu.",
                ),
            )
            return


def _kinds(each: Chosen) -> tuple[str, ...]:
    """Return what decisions on sharing call a recipient; whoever no rule names is an other."""
    return OTHERS if each.rule == OUTSIDE else SHARED_WITH.get(each.rule, ())


def _withheld_by_name(each: Chosen, standing: Standing, entry_id: str, at: datetime) -> bool:
    """Whether a decision names this person or body outright, and none after it allows it.

    A decision that allows names kinds of recipients only: one that names nobody's kind lifts it.
    """
    names = {same(name) for name in (each.name, each.body) if name}
    return any(
        names & {same(str(name)) for name in as_values(decision.data.get("from_whom"))}
        and not _allowed_since(standing, entry_id, decision.happened_at, at)
        for decision in standing.by_kind.get(WITHHELD, ())
        if entry_id in decision.refers_to and decision.happened_at <= at
    )


def _allowed_since(standing: Standing, entry_id: str, since: datetime, at: datetime) -> bool:
    return any(
        entry_id in entry.refers_to and since < entry.happened_at <= at
        for entry in standing.by_kind.get("sharing_allowed", ())
    )
