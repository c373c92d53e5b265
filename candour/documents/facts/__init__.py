"""What a letter may say of a case, for whom: facts by their merge fields, in either language.

merge_fields(procedure, template) -> MergeFields   the merge fields that there are; `why_not(path)`
facts_for(standing, asked, directory) -> Facts     the facts that the template’s audience may see
"""

from candour.documents.facts.directory import (
    BodyFacts,
    Directory,
    RecipientFacts,
    SenderFacts,
    ServiceFacts,
)
from candour.documents.facts.fields import MergeField, MergeFields, merge_fields
from candour.documents.facts.gathering import Asked, ClosedToAudience, entries_of, facts_for
from candour.documents.facts.seen import Sight, sight_for
from candour.documents.facts.values import Fact, Facts, Item

__all__ = [
    "Asked",
    "BodyFacts",
    "ClosedToAudience",
    "Directory",
    "Fact",
    "Facts",
    "Item",
    "MergeField",
    "MergeFields",
    "RecipientFacts",
    "SenderFacts",
    "ServiceFacts",
    "Sight",
    "entries_of",
    "facts_for",
    "merge_fields",
    "sight_for",
]
