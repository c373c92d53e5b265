"""Mail: what is to be sent, sending it once, and reading back what comes of it."""
