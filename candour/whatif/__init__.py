"""What if: the open caseload, or a scenario, as it would stand under a draft of a procedure."""
