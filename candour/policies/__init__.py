"""Reads procedure packs into the model of the engine, and lints them."""
