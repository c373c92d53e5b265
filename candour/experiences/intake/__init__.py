"""Takes a file of experiences in: survey it, read its records, settle its dates, store its rows.

`candour.experiences.actions.import_experiences` puts the pieces together.
"""
