"""Tells people what is due from them: before, on and after its time, each thing once."""
