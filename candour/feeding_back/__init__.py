"""Tells each organisation, cycle by cycle, what people said of it, and keeps what it changed."""
