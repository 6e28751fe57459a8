"""People: applicants and auditors with their one-time codes, officers with their roles. Nobody has a password."""
