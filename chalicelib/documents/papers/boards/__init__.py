"""The board roster: the officers in order, from tables, lists, charts or blocks."""
