"""The people who work here: their roles and what each may see.

Public names live in `candour.people.models` (tables), `candour.people.actor` (who acts),
`candour.people.queries` (reads) and `candour.people.middleware` (what a request may reach).
"""
