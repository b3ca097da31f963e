"""The digit reader (`chalicelib.reading.digits`): drawn strips of sixteen digits, its training, and what it is worth."""
