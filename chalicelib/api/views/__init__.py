"""How cases look as JSON: to their citizen, to officers, and the pieces both share."""
