"""What each kind of paper says: identity card, village letter, board roster, old certificate."""
