"""What people told us, told apart by themes: the code list, who coded what, and what is learned.

Public names live in `candour.coding.models` (tables), `candour.coding.actions` (verbs),
`candour.coding.queries` (reads) and `candour.coding.learning` (what is learned from coding; pure).
"""
