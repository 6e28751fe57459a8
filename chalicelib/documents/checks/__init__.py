"""What does not fit: the papers against what was typed, against each other, against our register and the calendar."""
