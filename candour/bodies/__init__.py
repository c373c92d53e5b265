"""Organisations, their services and how they change over time."""
