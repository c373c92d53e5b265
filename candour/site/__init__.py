"""Settings, addresses, the clock and the server: what makes the rooms one site."""
