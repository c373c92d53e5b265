"""Documents that are fixed and then signed, and whether a document is what was signed or sent."""
