"""What our functions do that are no web requests. Each module imports its use cases when it is first called."""
