"""Finding things again: search over everything one may see, filters kept, tables taken out."""
