"""Text alone: how far misread words are apart, names, dates, ID numbers, and the words that papers are told by."""
