"""The village head's letter: labels and running text, its day, its office, its signer."""
