"""Giving a provider the name and address of somebody who told us something, as they agreed."""
