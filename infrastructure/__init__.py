"""What the service runs on, described once: resources.yaml and functions.yaml."""
