"""Letters: drafted from a case, confirmed by a person, sent and kept as they were sent."""
