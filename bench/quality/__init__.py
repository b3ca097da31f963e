"""What the checks of a photo are worth: one fault at a time in rising strength, and house pictures found again."""
