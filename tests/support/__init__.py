"""What the tests stand on: a throw-away PostgreSQL, and clones of a migrated database."""
