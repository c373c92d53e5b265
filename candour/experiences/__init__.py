"""What people told us, taken in from files and forms, and read by the staff of a body.

Public names live in `candour.experiences.models` (tables), `candour.experiences.actions` (taking
in), `candour.experiences.queries` (reads) and `candour.experiences.access` (who may).
"""
