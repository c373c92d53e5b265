"""Documents and pictures kept with a case: what is taken, where it is stored, proof of it."""
