"""The audit trail: what happened to a case, in a chain that cannot be altered unnoticed."""
