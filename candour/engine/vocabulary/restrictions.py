"""Kinds for restrictions on who may be placed in a service: imposed, varied, reviewed, lifted."""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "restrictions"

# What a restriction keeps out. A side that is left empty is not limited to anything.
SCOPE = (
    fld("scope", T.TEXT, "Scope", "Cwmpas", required=True),
    fld(
        "care_types",
        T.CHOICES,
        "Types of care it keeps out (all when empty)",
        "Y mathau o ofal y mae’n eu hatal (pob un os yn wag)",
        options_list="care_types",
    ),
    fld(
        "complexities",
        T.CHOICES,
        "Complexity of need it keeps out (all when empty)",
        "Cymhlethdod yr angen y mae’n ei atal (pob un os yn wag)",
        options_list="complexities",
    ),
    fld(
        "units",
        T.LINES,
        "Units or parts it closes to new people (all when empty)",
        "Unedau neu rannau y mae’n eu cau i bobl newydd (pob un os yn wag)",
    ),
    fld(
        "funders",
        T.CHOICES,
        "Whose placements it stops (everybody’s when empty)",
        "Lleoliadau pwy y mae’n eu hatal (rhai pawb os yn wag)",
        options_list="funders",
    ),
)

KINDS = (
    kind(
        "restriction_imposed",
        "Restriction imposed",
        "Cyfyngiad wedi’i osod",
        GROUP,
        fld(
            "restriction",
            T.CHOICE,
            "Kind of restriction",
            "Math o gyfyngiad",
            required=True,
            options_list="restrictions",
        ),
        *SCOPE,
        fld(
            "rationale",
            T.TEXT,
            "Evidenced rationale",
            "Rhesymeg ar sail tystiolaeth",
            required=True,
        ),
        fld("decided_by_role", T.ROLE, "Decided by", "Penderfynwyd gan", required=True),
        fld("jointly_with", T.LINE, "Jointly with (nursing homes: the health board)", "Ar y cyd â"),
        fld(
            "effect_on_provider", T.TEXT, "Effect on the provider weighed", "Effaith ar y darparwr"
        ),
        fld("what_lifts_it", T.TEXT, "What would lift it", "Beth fyddai’n ei godi", required=True),
        refers=("rating_agreed", "risk_rated"),
        describes="New placements suspended in whole or part, with reasons and what would lift it;"
        " it refers to the rating that it rests on.",
    ),
    kind(
        "restriction_varied",
        "Restriction varied",
        "Cyfyngiad wedi’i amrywio",
        GROUP,
        *SCOPE,
        fld("decided_by_role", T.ROLE, "Decided by", "Penderfynwyd gan", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=("restriction_imposed",),
        must_refer=True,
        describes="What a restriction in force keeps out is changed: the whole new scope.",
    ),
    kind(
        "restriction_reviewed",
        "Restriction reviewed",
        "Cyfyngiad wedi’i adolygu",
        GROUP,
        fld(
            "outcome",
            T.CHOICE,
            "Outcome",
            "Canlyniad",
            required=True,
            options=(
                opt("stays", "Stays", "Yn aros"),
                opt("changes", "Changes", "Yn newid"),
                opt("lift", "Should be lifted", "Dylid ei godi"),
            ),
        ),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=("restriction_imposed",),
        describes="A restriction in force looked at again, with what, why and when.",
    ),
    kind(
        "restriction_lifted",
        "Restriction lifted",
        "Cyfyngiad wedi’i godi",
        GROUP,
        fld("decided_by_role", T.ROLE, "Decided by", "Penderfynwyd gan", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=("restriction_imposed",),
        must_refer=True,
        describes="A restriction ends.",
    ),
)
