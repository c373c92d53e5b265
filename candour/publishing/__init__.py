"""What a body publishes: its decisions, its reports with the answers, who may visit in its name."""
