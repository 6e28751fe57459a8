"""The API: routes, what comes in, what goes out. Every handler parses, calls one use case, and answers."""
