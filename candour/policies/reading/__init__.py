"""From YAML files to checked nodes: syntax, shape, and names that exist."""
