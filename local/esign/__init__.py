"""A service that speaks BSrE's two forms of interface on this machine, and really signs: NOT CERTIFIED.

For trying and for tests. `pki` certifies, `pens` sign, `moods` go wrong, `service` answers over TLS.
"""
