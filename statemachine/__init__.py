"""The state machine of a procedure: built from its data, committed, and drawn."""
