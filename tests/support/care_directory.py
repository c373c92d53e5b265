"""Made-up files in the exact shape of the care directory that the regulator publishes."""

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

HEADER = (
    "Name",
    "Also known as",
    "Address",
    "Postcode",
    "Phone number",
    "Service's website (if available)",
    "Service types",
    "Date of latest check",
    "Specialisms/services",
    "Provider name",
    "Local authority",
    "Region",
    "Location URL",
    "CQC Location ID (for office use only)",
    "CQC Provider ID (for office use only)",
)
ABOVE = (
    ("CQC care directory",),
    ("This data was produced on {produced}",),
    ("Made up for tests: no such service exists.",),
)
FIRST = (
    *("Ash", "Beech", "Birch", "Bramble", "Cedar", "Clover", "Elder", "Fern", "Hazel", "Heather"),
    *("Holly", "Ivy", "Juniper", "Larch", "Lavender", "Linden", "Maple", "Oak", "Poplar", "Rowan"),
    *(
        "Sorrel",
        "Sunny",
        "Thistle",
        "Willow",
        "Yarrow",
        "River",
        "Mill",
        "Abbey",
        "Castle",
        "Church",
    ),
)
SECOND = (
    *("side", "field", "mount", "dale", "wood", "brook", "view", "croft", "lea", "gate", "bank"),
    *("ford", "hurst", "stead", "well", "ton", "ridge", "acre", "combe", "holme"),
)
THIRD = (
    *("House", "Lodge", "Court", "Manor", "Surgery", "Dental Practice", "Nursing Home", "Cottage"),
    *("Home Care", "Medical Centre", "Clinic", "Hospice", "Supported Living", "Residential Home"),
)
TOWNS = (
    *("Leeds", "York", "Derby", "Bath", "Exeter", "Durham", "Lincoln", "Norwich", "Truro", "Ely"),
    *("Reading", "Oxford", "Preston", "Bolton", "Luton", "Swindon", "Wells", "Ripon", "Poole"),
)
STREETS = ("High Street", "Mill Lane", "Station Road", "Church Lane", "Park Avenue", "The Green")
AREAS = ("LS", "YO", "DE", "BA", "EX", "DH", "LN", "NR", "TR", "CB", "RG", "OX", "PR", "BL", "LU")
KINDS = (
    *("Residential homes", "Nursing homes", "Homecare agencies", "Doctors/Gps", "Dentist"),
    *("Supported living", "Hospital", "Clinic", "Hospice", "Community services - Healthcare"),
)
PEOPLE = (
    *("Caring for adults over 65 yrs", "Caring for adults under 65 yrs", "Caring for children"),
    *("Dementia", "Mental health conditions", "Physical disabilities", "Sensory impairments"),
)
REGIONS = ("North East", "Yorkshire & Humberside", "East Midlands", "South West", "London")
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def made_up_rows(number: int, seed: int = 1) -> list[list[str]]:
    """Return this many rows: a location each, of about half as many providers."""
    dice = random.Random(seed)  # noqa: S311  # made-up names, no secrets
    return [_row(place, dice, number) for place in range(number)]


def _row(place: int, dice: random.Random, number: int) -> list[str]:
    name = f"{dice.choice(FIRST)}{dice.choice(SECOND)} {dice.choice(THIRD)}"
    provider = dice.randrange(max(number // 2, 1))
    town = dice.choice(TOWNS)
    postcode = (
        f"{dice.choice(AREAS)}{dice.randrange(1, 30)} {dice.randrange(10)}"
        f"{dice.choice(LETTERS)}{dice.choice(LETTERS)}"
    )
    location, owner = f"1-{100_000_000 + place}", f"1-{900_000_000 + provider}"
    return [
        name,
        f"{name} at {town}" if dice.random() < 0.1 else "",
        f"{dice.randrange(1, 300)} {dice.choice(STREETS)}, {town}",
        postcode,
        f"01632{dice.randrange(960_000, 960_999)}",
        f"www.{name.lower().replace(' ', '')}.example" if dice.random() < 0.7 else "",
        "|".join(dice.sample(KINDS, dice.choice((1, 1, 1, 2)))),
        f"{dice.randrange(1, 29):02}/{dice.randrange(1, 13):02}/{dice.randrange(2014, 2026)}",
        "|".join(dice.sample(PEOPLE, dice.randrange(1, 5))),
        f"{FIRST[provider % len(FIRST)]} and {SECOND[provider % len(SECOND)].title()} Care "
        f"{provider} Limited",
        town,
        dice.choice(REGIONS),
        f"https://www.cqc.example/location/{location}",
        location,
        owner,
    ]


def care_directory(
    rows: Iterable[Sequence[str]], produced: str = "1 November 2026", encoding: str = "utf-8-sig"
) -> bytes:
    """Return a file with the lines that stand above the header, the header and these rows."""
    written = io.StringIO()
    writer = csv.writer(written)
    for line in ABOVE:
        writer.writerow([line[0].format(produced=produced)])
    writer.writerow([])
    writer.writerow(HEADER)
    writer.writerows(rows)
    return written.getvalue().encode(encoding)


def row(place: int = 0, **said: Any) -> list[str]:
    """Return one plain row, with some of its cells said: ``name``, ``postcode`` … by their column.

    Args:
        place: tells rows apart: it makes the number and the name.
        said: cells by a short name of their column (`SHORT`).
    """
    plain = {
        "name": f"Service {place}",
        "address": f"{place} High Street, Leeds",
        "postcode": "LS1 4AB",
        "phone": "01632960001",
        "kinds": "Residential homes",
        "check": "01/03/2025",
        "people": "Caring for adults over 65 yrs",
        "provider": "Meadow Care Limited",
        "authority": "Leeds",
        "region": "Yorkshire & Humberside",
        "url": f"https://www.cqc.example/location/1-{place}",
        "number": f"1-{1000 + place}",
        "provider_number": "1-9001",
    }
    return [str({**plain, **said}.get(name, "")) for name in SHORT]


SHORT = (
    *("name", "aka", "address", "postcode", "phone", "website", "kinds", "check", "people"),
    *("provider", "authority", "region", "url", "number", "provider_number"),
)


def sheet(header: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a CSV with this header and these rows, given by column."""
    written = io.StringIO()
    writer = csv.DictWriter(written, header)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()
