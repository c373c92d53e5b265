"""The people who work here: their roles and what each may see."""
