"""Pages that the service makes itself, in the frames that the site's build leaves here."""
