"""Pure functions from a case to what somebody may see of it."""
