"""The case log and the projections drawn from it."""
