"""What a letter takes from outside the log of its case: names and addresses, as they are known."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """The service that the case is about; each is empty where it is not known."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """The body that writes."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """Who signs, and in what post."""

    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """Who gets it, in what role, of what body."""

    name: str = ""
    role: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that a letter takes from outside the log.

    Without a `recipient`, its merge fields stay in the text, so that one text serves for all who
    get it: `candour.documents.merging.addressed` fills them in for each.
    """

    case_ref: str = ""
    case_title: str = ""
    service: ServiceFacts = field(default_factory=ServiceFacts)
    provider_name: str = ""
    body: BodyFacts = field(default_factory=BodyFacts)
    sender: SenderFacts = field(default_factory=SenderFacts)
    recipient: RecipientFacts | None = None
