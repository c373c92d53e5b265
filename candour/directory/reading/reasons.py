"""What a report says of rows, in both languages: it is kept in English, as the key of a count."""

# ruff: noqa: E501  # each text stands whole beside its translation

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from candour.engine.words import Words

# “{}” stands for what a file said, or how long something is.
WELSH: Final[Mapping[str, str]] = {
    "more cells than the {} columns of the header": "mwy o gelloedd na {} colofn y pennawd",
    "fewer cells than the {} columns of the header": "llai o gelloedd na {} colofn y pennawd",
    "no number": "dim rhif",
    "the number is longer than {} letters": "mae’r rhif yn hirach na {} llythyren",
    "no name": "dim enw",
    "the name is longer than {} letters": "mae’r enw’n hirach na {} llythyren",
    "a cell is longer than {} letters": "mae cell yn hirach na {} llythyren",
    "the postcode is none": "nid cod post yw’r cod post",
    "no provider is named, so it is taken to run itself": "ni enwir darparwr, felly cymerir ei fod yn ei redeg ei hun",
    "{} is no date such as 31/12/2026 and was left empty": "nid yw {} yn ddyddiad fel 31/12/2026 a gadawyd ef yn wag",
    "“{}” is no question that is rated": "nid yw “{}” yn gwestiwn a raddir",
    "“{}” is no rating and was left out": "nid yw “{}” yn radd ac fe’i gadawyd allan",
    "the day of the rating is no date and was left empty": "nid yw diwrnod y radd yn ddyddiad ac fe’i gadawyd yn wag",
    "the rating is of a day to come, so its day was left empty": "mae’r radd ar gyfer diwrnod i ddod, felly gadawyd ei diwrnod yn wag",
    "the file says that it was made on a day to come": "mae’r ffeil yn dweud iddi gael ei gwneud ar ddiwrnod i ddod",
    "the line is not in UTF-8 and was read as Windows-1252": "nid yw’r llinell mewn UTF-8 ac fe’i darllenwyd fel Windows-1252",
    "a cell merged over several rows counts for each of them": "mae cell a unwyd dros sawl rhes yn cyfrif ar gyfer pob un ohonynt",
    "a formula holds no value, so its cell counts as empty": "nid oes gwerth gan fformiwla, felly mae ei chell yn cyfrif fel un wag",
    "a formula went wrong, so its cell counts as empty": "aeth fformiwla o chwith, felly mae ei chell yn cyfrif fel un wag",
}


@lru_cache(maxsize=256)
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.*)".join(map(re.escape, template.split("{}"))), re.DOTALL)


def in_both(text: str, welsh: Mapping[str, str]) -> Words:
    """Return a text in both languages; in English alone where it is none of those known.

    Args:
        text: in English.
        welsh: texts in Welsh by the English ones; “{}” in both stands for what is in the text.
    """
    for english, meant in welsh.items():
        if found := _pattern(english).fullmatch(text):
            return Words(text, meant.format(*found.groups()))
    return Words(text)


def words_of(reason: str) -> Words:
    """Return what a report says of rows in both languages; in English alone if it is none of ours.

    Args:
        reason: as the report keeps it.
    """
    return in_both(reason, WELSH)
