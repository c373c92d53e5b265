"""Wakes cases when time alone changes something."""
