"""AWS at the edge: one module a service, each knowing its vendor library and nothing of the rules."""
