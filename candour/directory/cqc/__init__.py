"""The Care Quality Commission's own feed: its syndication API, and following what changes there."""
