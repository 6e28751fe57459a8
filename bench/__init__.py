"""Figures of the service, printed as a table by `make bench`."""
