"""People outside: invited by a one-time link, shown what they may see, and what they answer."""
