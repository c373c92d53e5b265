"""Meetings and duties in people's own calendars: invitations by mail, answers to them, feeds."""
