"""Outreach: campaigns, the events at which people were met, and who is heard too little."""
