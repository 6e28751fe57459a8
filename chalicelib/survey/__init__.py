"""The satisfaction survey (SKM) of PermenPANRB 14/2017: ratings without names, and their index (IKM)."""
