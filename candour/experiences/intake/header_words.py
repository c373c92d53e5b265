"""What columns are called in spreadsheets that people send, in English and in Welsh."""

from collections.abc import Mapping
from typing import Final

THEMES: Final = "themes"  # all themes in one column
THEME: Final = "theme"  # a theme of its own, ticked
LEAVE: Final = ""

# The first of a field's words are the surest. All in small letters.
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "answer": (
        *("comment", "comments", "free text", "feedback", "answer", "what happened", "verbatim"),
        *("experience", "your story", "response", "sylw", "sylwadau", "ateb", "adborth"),
        *("beth ddigwyddodd", "profiad", "ymateb", "testun rhydd"),
    ),
    "received_on": (
        *("received", "date received", "date", "submitted", "timestamp", "completed", "created"),
        *("dyddiad derbyn", "derbyniwyd", "dyddiad", "cyflwynwyd"),
    ),
    "happened_on": (
        *("happened", "date of visit", "visit date", "appointment date", "when did", "incident"),
        *("digwyddodd", "dyddiad ymweliad", "dyddiad apwyntiad", "pryd"),
    ),
    "source_ref": (
        *("id", "comment id", "response id", "reference", "ref", "record number", "unique"),
        *("cyfeirnod", "rhif cofnod", "rhif"),
    ),
    "organisation": (
        *("organisation", "organization", "trust", "health board", "provider", "hospital"),
        *("bwrdd iechyd", "ymddiriedolaeth", "sefydliad", "darparwr", "ysbyty"),
    ),
    "service_name": (
        *("service", "service name", "ward", "practice", "surgery", "care home", "department"),
        *("location", "site", "clinic", "gwasanaeth", "meddygfa", "practis", "cartref gofal"),
        *("adran", "lleoliad", "safle", "clinig"),
    ),
    "service_kind": (
        *("service type", "type of service", "kind of service", "specialty", "care setting"),
        *("math o wasanaeth", "math"),
    ),
    "question": ("question", "prompt", "cwestiwn"),
    "rating": (
        *("rating", "score", "overall", "stars", "how likely", "recommend", "satisfaction"),
        *("sgôr", "gradd", "boddhad"),
    ),
    "sentiment": ("sentiment", "feeling", "tone", "teimlad"),
    "language": ("language", "iaith"),
    "identifiable": ("identifiable", "person identifiable", "adnabyddadwy"),
    THEMES: ("themes", "theme", "topics", "topic", "category", "tags", "themâu", "thema", "pwnc"),
}

# What tells who somebody is. Such a column is left, and its words are never read in.
PRIVATE: Final = (
    *("name", "first name", "surname", "email", "e-mail", "phone", "telephone", "mobile"),
    *("address", "postcode", "nhs number", "date of birth", "dob", "ip address", "enw", "cyfenw"),
    *("e-bost", "ebost", "ffôn", "cyfeiriad", "cod post", "rhif gig", "dyddiad geni"),
)
# “Service name” and “Ward name” name no person.
NOT_PRIVATE: Final = (
    *("service", "ward", "practice", "trust", "organisation", "provider", "site", "hospital"),
    *("home", "location", "gwasanaeth", "sefydliad"),
)
