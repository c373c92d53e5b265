"""The directory as registers publish it: taken in, searched, compared, and put right by people.

Public names live in `candour.directory.models` (tables), `candour.directory.searching`
(`services_matching`), `candour.directory.queries` (reads), `candour.directory.actions` (taking
files in), `candour.directory.merging` (duplicates) and `candour.directory.cqc` (the regulator's
own feed). What a service *is* stands in `candour.bodies`; what a register *says* of it, here.
"""
