"""Need to know: what is closed to whom and by whose decision; which processes run alongside."""

from dataclasses import replace
from typing import Any

import pytest

from candour.engine import Draft, Entry, Standing, propose
from candour.engine.conditions import (
    AllowedFirst,
    OpenToRecipients,
    ProcessRunning,
    Situation,
    processes_running,
)
from tests.engine.small import at, draft, entry, pattern, standing

NOW = at("2026-04-20T12:00")
SEEN = entry("visit_made", "2026-04-01", "seen")
SECRET = replace(entry("visit_made", "2026-04-01", "secret"), audience="safeguarding")
CLOSED = entry(
    "information_withheld",
    "2026-04-02",
    "closed",
    "seen",
    what="The visit",
    from_whom=["Home"],
    recipients=["provider"],
    reason="It would put a witness at risk.",
)


def allowed(on: str, *refs: str, role: str = "officer") -> Entry:
    made = entry(
        "sharing_allowed", on, f"allowed@{on}", *refs, recipients=["provider"], reason="Safe now."
    )
    return replace(made, role=role)


def sharing(*refs: str, to: str = "provider", on: str = "2026-04-10") -> Draft:
    data: dict[str, Any] = {"what": "x", "to": ["y"], "purpose": "z", "legal_basis": "consent"}
    return draft("information_shared", on, *refs, **data, recipients=[to])


def said(condition: Any, found: Standing, proposed: Draft | None) -> list[str]:
    return [words.en for words in condition.unmet(Situation(found, NOW, proposed))]


@pytest.mark.parametrize(
    ("log", "proposed", "says"),
    [
        ((SEEN,), sharing("seen"), ""),
        ((SEEN, CLOSED), sharing("seen"), "closed to Provider by a decision of 02.04.2026: It"),
        ((SEEN, CLOSED), sharing("seen", to="police"), ""),
        ((SEEN, CLOSED), sharing("seen", on="2026-04-01"), ""),  # it was shared before that
        ((SEEN, CLOSED, allowed("2026-04-03", "seen")), sharing("seen"), ""),
        ((SECRET,), sharing("secret"), "no decision opens it to Provider"),
        ((SECRET,), sharing("secret", to="safeguarding"), ""),
        ((SECRET, allowed("2026-04-03", "secret")), sharing("secret"), ""),
        ((SECRET,), sharing(), ""),
        (
            (SEEN, entry("correction_made", "2026-04-02", "w", "seen", withdraws=True)),
            sharing("seen"),
            "entered in error",
        ),
        ((SEEN, CLOSED), None, ""),
        ((SECRET,), sharing("secret", to="nobody"), "opens it to nobody"),
    ],
)
def test_what_is_closed_to_a_recipient_says_why(
    log: tuple[Entry, ...], proposed: Draft | None, says: str
) -> None:
    found = said(OpenToRecipients(), standing(*log), proposed)
    assert bool(found) is bool(says)
    assert says in "".join(found)


def test_some_things_need_leave_first_and_from_the_right_person() -> None:
    leave = AllowedFirst(
        patterns=(pattern("visit_made"),), recipient="provider", roles=("officer",)
    )
    assert said(leave, standing(SEEN), sharing("seen")) == ["provider may not have this yet."]
    assert said(leave, standing(SEEN), sharing("seen", to="police")) == []
    assert said(leave, standing(SEEN), sharing("open")) == []
    assert said(leave, standing(SEEN), None) == []
    given = allowed("2026-04-03", "seen")
    assert said(leave, standing(SEEN, given), sharing("seen")) == []
    assert said(leave, standing(SEEN, allowed("2026-04-03", "seen", role="head")), sharing("seen"))
    assert (
        said(leave, standing(SEEN, given, replace(CLOSED, happened_at=NOW)), sharing("seen")) == []
    )
    assert leave.about_draft
    assert OpenToRecipients().about_draft


def test_a_legal_hold_keeps_a_record_until_the_last_is_lifted() -> None:
    court = entry("hold_placed", "2026-04-01", "court", by_whom="Court", reason="A claim.")
    inquiry = entry("hold_placed", "2026-04-02", "inquiry", by_whom="Inquiry", reason="It sits.")
    freed = entry("hold_lifted", "2026-04-03", "freed", "inquiry", reason="It has reported.")
    both_freed = entry("hold_lifted", "2026-04-04", "freed2", "court", reason="Settled.")

    def reviewed(outcome: str) -> Draft:
        keep = {"keep_until": "2030-01-01"} if outcome == "keep" else {}
        data = {"outcome": outcome, "reason": "Its time is up.", **keep}
        return draft("retention_reviewed", "2026-04-10", **data)

    refused = propose(standing(court, inquiry), reviewed("destroy"), NOW)
    assert "asked for by Inquiry" in str(refused)
    refused = propose(standing(court, inquiry, freed), reviewed("archive"), NOW)
    assert "asked for by Court" in str(refused)
    for log, outcome in (((court,), "keep"), ((court, inquiry, freed, both_freed), "destroy")):
        assert isinstance(propose(standing(*log), reviewed(outcome), NOW), Entry)


def started(process: str) -> Entry:
    data = {"process": process, "agency": "Council", "co_ordinator": "A. Rees"}
    return entry("process_started", "2026-04-01", process, **data)


def test_a_process_runs_beside_the_case_until_it_has_ended() -> None:
    two = (started("police"), started("complaint"))
    ended = entry("process_ended", "2026-04-05", "e", "police", outcome="No charge.")
    assert said(ProcessRunning(), standing(), None)
    assert said(ProcessRunning(kinds=("police",)), standing(*two), None) == []
    assert said(ProcessRunning(kinds=("police",)), standing(*two, ended), None)
    assert said(ProcessRunning(), standing(*two, ended), None) == []
    assert [e.id for e in processes_running(standing(*two, ended))] == ["complaint"]
