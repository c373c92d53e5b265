"""The ``candour`` command: one small module here for each subcommand, exposing ``command``.

Exit codes, kept stable for scripts: 0 done, 1 the command found problems or could not do its
work, 2 it was called wrongly, 70 a fault of the program itself (the detail goes to the log).
"""

from candour.cli.group import main
from candour.cli.site import open_site

__all__ = ["main", "open_site"]
