"""Which way up a photo is, and what it shows."""
