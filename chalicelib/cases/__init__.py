"""A case: one application on its way through the six steps of the SOP, and the rules of how it changes."""
