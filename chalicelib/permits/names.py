"""A person's name, shortened for the public."""

_SHOWN_WORDS = 1


def shortened_name(name: str) -> str:
    """The first word in full and the others as initials: "Siti Rahayu Ningsih" becomes "Siti R. N.".

    Academic titles after the first comma fall away. The public check shows the leader only like this.
    """
    words = name.split(",", 1)[0].split()
    return " ".join(words[:_SHOWN_WORDS] + [f"{word[0].upper()}." for word in words[_SHOWN_WORDS:]])
