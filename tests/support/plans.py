"""A plan that both sides signed, and an action that falls short of nothing."""

PLAN = {
    "plan": "cap",
    "indicated_by": "delay_could_need_enforcement",
    "signed_by": ["Commissioning officer", "Registered manager"],
    "signed_by_officer": True,
    "signed_by_provider": True,
    "monitored_by": "One joint visit every two weeks.",
    "visits_doubled": False,
    "progress_reports": "usual",
}
ACTION = {
    "action": "Check every round against its chart.",
    "outcome": "No gap in the charts for four weeks.",
    "owner": "M. Price",
    "due_on": "2026-04-20",
    "support": "The health board’s pharmacist visits weekly.",
    "plan": "cap",
}
