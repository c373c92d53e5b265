"""Casework for concerns about health and care services, run on published procedures."""

__version__ = "0.1.0"
