"""Where the records live: one PostgreSQL server and three accounts on it."""
