"""The procedure as data: one versioned TOML file a permit type, read into frozen values."""
