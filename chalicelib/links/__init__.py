"""Signed links: the only way in for officers, and the form of every session and second proof."""
