"""What people told us about the care they met."""
