"""Procedures, clocks and cases as pure functions: standard library only."""
