"""The shapes of the contract: what callers are answered."""
