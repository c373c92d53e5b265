"""Short constructors, so that the vocabulary below reads as a list and not as code."""

from dataclasses import replace

from candour.engine.fields import Field, FieldType, Needed, Option
from candour.engine.kinds import Kind
from candour.engine.words import Words


def fld(  # noqa: PLR0913 - one keyword for each property a field can have
    name: str,
    type_: FieldType,
    en: str,
    cy: str,
    *,
    required: bool = False,
    options: tuple[Option, ...] = (),
    options_list: str = "",
    needed_when: Needed | None = None,
    by_system: bool = False,
    hint: Words | None = None,
) -> Field:
    """Return a field with its label in both languages."""
    return Field(
        name=name,
        type=type_,
        label=Words(en, cy),
        required=required,
        options=options,
        options_list=options_list,
        needed_when=needed_when,
        by_system=by_system,
        hint=hint,
    )


def opt(id_: str, en: str, cy: str) -> Option:
    """Return one option with its label in both languages."""
    return Option(id_, Words(en, cy))


def kind(  # noqa: PLR0913 - one keyword for each property a kind can have
    name: str,
    en: str,
    cy: str,
    group: str,
    *fields: Field,
    refers: tuple[str, ...] = (),
    must_refer: bool = False,
    after_closing: bool = False,
    fixed: bool = False,
    unfinished_while: str = "",
    describes: str = "",
) -> Kind:
    """Return a kind with its title in both languages."""
    return Kind(
        name,
        Words(en, cy),
        group,
        fields,
        refers,
        must_refer,
        after_closing,
        describes,
        fixed=fixed,
        unfinished_while=unfinished_while,
    )


LEGAL_BASES = (
    opt("statutory_duty", "Statutory duty", "Dyletswydd statudol"),
    opt("consent", "Consent", "Cydsyniad"),
    opt("public_interest", "Public interest", "Budd y cyhoedd"),
    opt("nobody_named", "Nobody can be identified", "Ni ellir adnabod neb"),
)

HOW_IT_WENT = (
    opt("mail", "By email", "Drwy e-bost"),
    opt("post", "By post", "Drwy’r post"),
    opt("phone", "By phone", "Dros y ffôn"),
    opt("hand", "By hand", "Â llaw"),
)

# What the system writes down beside what a person records when a letter goes out.
SENT = (
    fld("letter", FieldType.LINE, "Seal of the letter", "Sêl y llythyr", by_system=True),
    fld(
        "delivery",
        FieldType.CHOICE,
        "How it went",
        "Sut yr aeth",
        options=HOW_IT_WENT,
        by_system=True,
    ),
    fld("purpose", FieldType.TEXT, "Purpose", "Diben", by_system=True),
    fld(
        "legal_basis",
        FieldType.CHOICE,
        "Legal basis",
        "Sail gyfreithiol",
        options=LEGAL_BASES,
        by_system=True,
    ),
)


def sent(told: Kind) -> Kind:
    """Return a kind by which something leaves the building, with what the system notes of that.

    A field that the kind has already stays its own.
    """
    own = {known.name for known in told.fields}
    return replace(told, fields=(*told.fields, *(f for f in SENT if f.name not in own)))
