"""Takes what a file says into the directory: staged, compared, applied; all of it or nothing."""
