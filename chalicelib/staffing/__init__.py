"""The office itself: who acts for whom and when, which links are dead, and the office's own audit chain."""
