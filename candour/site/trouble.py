"""What can go wrong in running a site, apart from its database."""


class SiteTrouble(Exception):
    """The site cannot run as asked; the message says why and what to do."""
