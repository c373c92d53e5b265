"""Conditions on the meeting in which an entry is made, or to which people are called."""

from collections.abc import Iterable
from dataclasses import dataclass

from candour.engine.conditions.base import Situation, Timeless
from candour.engine.fields import as_values
from candour.engine.meeting_rules import MeetingRule, Part, Quorum
from candour.engine.meetings import (
    Meeting,
    attendance,
    meeting_of,
    part_at,
    present,
    rule_of,
)
from candour.engine.procedure_words import agency_titles
from candour.engine.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutMeeting(Timeless):
    """A condition that can only be answered once there is a draft, in a meeting or calling one."""

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def _met_in(self, situation: Situation) -> tuple[Meeting, MeetingRule] | None:
        """Return the meeting in which the draft is made, with its rule, or None."""
        if situation.draft is None:
            return None
        meeting = meeting_of(situation.standing, situation.draft)
        rule = rule_of(situation.standing, meeting) if meeting else None
        return (meeting, rule) if meeting and rule else None

    def _naming(
        self, situation: Situation, agencies: Iterable[str], what: Words
    ) -> tuple[Words, ...]:
        """Return the condition’s own words with `what` and the agencies named; none for none."""
        named = agency_titles(situation.standing.procedure, agencies)
        if not named.en:
            return ()
        said = (self.says.text(code) for code in ("en", "cy"))
        en, cy = (
            " ".join(filter(None, (own, text)))
            for own, text in zip(
                said,
                (f"{what.en}: {named.en}.", f"{what.text('cy')}: {named.text('cy')}."),
                strict=True,
            )
        )
        return (Words(en, cy),)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitesAll(AboutMeeting):
    """Everybody who must always be invited to such a meeting is among those invited."""

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names who is missing."""
        if situation.draft is None:
            return ()
        rule = situation.standing.procedure.meetings.get(str(situation.draft.data.get("meeting")))
        invited = as_values(situation.draft.data.get("agencies_invited"))
        missing = [agency for agency in (rule.always if rule else ()) if agency not in invited]
        return self._naming(situation, missing, Words("Not invited", "Heb eu gwahodd"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorate(AboutMeeting):
    """The meeting in which the draft is made has its quorum: enough agencies, and those needed.

    What is not made in a meeting that is open needs none.
    """

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason says who or how many are lacking."""
        found = self._met_in(situation)
        if found is None or found[1].quorum is None:
            return ()
        meeting, quorum = found[0], found[1].quorum
        there = present(attendance(situation.standing, meeting))
        absent = [agency for agency in quorum.agencies if agency not in there]
        lacking = self._naming(situation, absent, Words("Not there", "Ddim yno"))
        return lacking or self._too_few(quorum, len(there))

    def _too_few(self, quorum: Quorum, there: int) -> tuple[Words, ...]:
        if there >= quorum.at_least:
            return ()
        en = f"Agencies needed: {quorum.at_least}; there: {there}."
        cy = f"Asiantaethau sydd eu hangen: {quorum.at_least}; yno: {there}."
        return (Words(f"{self.says.en} {en}".strip(), f"{self.says.text('cy')} {cy}".strip()),)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclaimerTaken(AboutMeeting):
    """Everybody at the meeting in which the draft is made has acknowledged the disclaimer."""

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names who has not."""
        found = self._met_in(situation)
        taken = attendance(situation.standing, found[0]) if found else None
        acknowledged = as_values(taken.data.get("acknowledged")) if taken else ()
        missing = [agency for agency in present(taken) if agency not in acknowledged]
        return self._naming(situation, missing, Words("Not acknowledged by", "Heb ei gydnabod gan"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsKept(AboutMeeting):
    """In the members’ part of a meeting nobody is there who comes to the second part only."""

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; the reason names who should not be there yet."""
        found, draft = self._met_in(situation), situation.draft
        if found is None or draft is None:
            return ()
        meeting, rule = found
        now = part_at(situation.standing, meeting, situation.moment)
        there = as_values(draft.data.get("present")) if now is Part.MEMBERS else ()
        early = [agency for agency in there if agency in rule.second_part_only]
        return self._naming(situation, early, Words("There too soon", "Yno’n rhy gynnar"))
