"""What people are told, and the mail that tells them. The words live in `notices.toml`."""
