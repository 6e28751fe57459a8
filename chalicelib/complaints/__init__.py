"""Complaints (pengaduan): anybody's, without an account; each with a number, a deadline and one who answers."""
