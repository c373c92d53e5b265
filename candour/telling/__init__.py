"""What the public tells a body: the form, its drafts, the receipt, and what comes back by it."""
