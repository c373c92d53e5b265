"""Organisations, their services and how they change over time.

Public names live in `candour.bodies.models` (tables), `candour.bodies.queries` (reads) and
`candour.bodies.effective` (what holds on a day).
"""
