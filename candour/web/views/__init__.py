"""What the pages do: thin, one module for each room."""
