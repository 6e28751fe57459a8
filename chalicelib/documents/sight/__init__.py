"""From the picture of a page to its lines of text on a levelled plane, and to the ink that is no print."""
