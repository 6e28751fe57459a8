"""The handlers, in three moves each: take the parsed call, call one use case, answer a view."""
