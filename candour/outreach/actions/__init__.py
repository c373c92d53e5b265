"""Verbs of outreach: campaigns, phases, engagements, what was gathered, and census tables."""

from candour.outreach.actions.campaigns import (
    add_phase,
    begin_campaign,
    correct_campaign,
    correct_phase,
)
from candour.outreach.actions.censuses import take_census
from candour.outreach.actions.correcting import Correction
from candour.outreach.actions.engagements import Met, correct_engagement, record_engagement
from candour.outreach.actions.gathering import (
    add_source,
    end_source,
    gather_one,
    let_go,
)
from candour.outreach.actions.typed import OutreachRefusedError

__all__ = [
    "Correction",
    "Met",
    "OutreachRefusedError",
    "add_phase",
    "add_source",
    "begin_campaign",
    "correct_campaign",
    "correct_engagement",
    "correct_phase",
    "end_source",
    "gather_one",
    "let_go",
    "record_engagement",
    "take_census",
]
