"""Reading back: what came in by mail, and where it belongs. Nothing in it is believed."""
