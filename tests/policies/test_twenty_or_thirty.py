"""The time that the law gives a recipient, against a count that knows nothing of the engine."""

from datetime import date, timedelta

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from candour.engine import Entry, fold
from candour.engine.london import start_of
from candour.policies import load

# Bank holidays of England as published, and Good Friday and Christmas Day, which are among them.
_NEW_YEAR, _EASTER = (
    ("2025-01-01", "2026-01-01", "2027-01-01"),
    (*("2025-04-18", "2025-04-21", "2026-04-03", "2026-04-06", "2027-03-26", "2027-03-29"),),
)
_MAY_AND_AUGUST = (
    *("2025-05-05", "2025-05-26", "2025-08-25", "2026-05-04", "2026-05-25", "2026-08-31"),
    *("2027-05-03", "2027-05-31"),
)
_CHRISTMAS = ("2025-12-25", "2025-12-26", "2026-12-25", "2026-12-28")
HOLIDAYS = {
    date.fromisoformat(day) for day in (*_NEW_YEAR, *_EASTER, *_MAY_AND_AUGUST, *_CHRISTMAS)
}
HE = load("healthwatch_england")
RECEIVED = st.dates(date(2025, 1, 2), date(2026, 12, 1))
KINDS = ("nhs_trust", "integrated_care_board", "nhs_england", "local_authority")
RECIPIENTS = st.lists(
    st.fixed_dictionaries(
        {
            "to": st.sampled_from(("Trust", "Board", "Council", " trust")),
            "recipient_kind": st.sampled_from(KINDS),
            "response_basis": st.sampled_from(("statutory", "contractual", "voluntary")),
            "received_on": RECEIVED,
            "arranged_by_several": st.booleans(),
            "may_consult_nhs_england": st.booleans(),
            "agreed": st.booleans(),
            "disclaims": st.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)


def counted(received: date, days: int) -> date:
    """Return the last of so many working days, the first being that of receipt if it is one."""
    day = received - timedelta(days=1)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def entry(number: int, kind: str, data: dict[str, object], *refers_to: str) -> Entry:
    moment = start_of(date(2024, 12, 2)) + timedelta(minutes=number)
    return Entry(
        id=f"{number}",
        kind=kind,
        happened_at=moment,
        recorded_at=moment,
        author="1",
        role="lead_officer",
        data=data,
        refers_to=refers_to,
    )


OPENED = entry(
    0,
    "case_opened",
    {
        "title": "Discharges",
        "service": "Ward 3",
        "scope": "several_people",
        "scope_reason": "Eleven people.",
        "safeguarding_considered": "none_needed",
    },
)


def told(recipients: list[dict[str, object]]) -> list[Entry]:
    """Return the log: all put first, one matter, and then what each says."""
    log = [OPENED]
    for number, each in enumerate(recipients, start=1):
        data = {k: v for k, v in each.items() if k not in ("agreed", "disclaims")}
        data |= {
            "received_on": str(each["received_on"]),
            "tier": "organisation",
            "what_is_asked": "?",
        }
        log.append(entry(number, "recommendation_issued", data, *(["1"] if number > 1 else [])))
    for number, each in enumerate(recipients, start=1):
        if each["agreed"]:
            said: dict[str, object] = {"agreed_with": "Them", "reason": "Away"}
            log.append(entry(100 + number, "extension_agreed", said, f"{number}"))
        if each["disclaims"]:
            log.append(
                entry(200 + number, "acknowledgement_received", {"responsible": False}, f"{number}")
            )
    return log


@given(RECIPIENTS)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_the_law_gives_each_recipient_its_time(recipients: list[dict[str, object]]) -> None:
    standing = fold(HE, told(recipients))
    bound = {
        str(each["to"]).strip().casefold()
        for each in recipients
        if each["response_basis"] == "statutory" and not each["disclaims"]
    }
    for number, each in enumerate(recipients, start=1):
        owed = standing.duties.get(f"explained:{number}:1")
        received = each["received_on"]
        assert isinstance(received, date)
        if each["response_basis"] != "statutory":
            assert owed is None
            asked = standing.duties[f"response_asked:{number}:1"]
            assert asked.due.on == counted(received, 20)
            assert "statutory" not in asked.title.en.lower()
            continue
        assert owed is not None
        assert owed.is_open is not each["disclaims"]
        board = each["recipient_kind"] == "integrated_care_board"
        longer = (
            len(bound) > 1
            or each["arranged_by_several"]
            or (board and each["may_consult_nhs_england"])
            or each["agreed"]
        )
        if owed.is_open:
            assert owed.due.on == counted(received, 30 if longer else 20)
            assert owed.because is not None
            assert ("30 working days" in owed.because.en) is bool(longer)
        if each["disclaims"]:
            passing = standing.duties[f"passed_on:{200 + number}:1"]
            assert passing.due.on == counted(received, 20)


@given(st.lists(RECEIVED, min_size=2, max_size=4), st.data())
@settings(deadline=None, max_examples=60)
def test_a_lead_has_thirty_after_the_latest_receipt(days: list[date], data: st.DataObject) -> None:
    plain = {"agreed": False, "disclaims": False, "recipient_kind": "nhs_trust"}
    put = [
        {"to": f"Body {n}", "response_basis": "statutory", "received_on": day, **plain}
        for n, day in enumerate(days)
    ]
    leads = data.draw(st.integers(1, len(days)))
    agreed = entry(300, "lead_responder_agreed", {"agreed_by": ["All"]}, f"{leads}")
    standing = fold(HE, [*told(put), agreed])
    assert standing.open_keys("explained") == (f"explained:{leads}:1",)
    owed = standing.duties[f"explained:{leads}:1"]
    assert owed.due.on == counted(max(days) + timedelta(days=1), 30)
    assert owed.because is not None
    assert "does not say whether" in owed.because.en
    assert len(standing.open_keys("acknowledged")) == len(days)
