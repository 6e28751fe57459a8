"""The steps of the procedure as use cases: read the case, apply one rule, commit one change, deliver."""
