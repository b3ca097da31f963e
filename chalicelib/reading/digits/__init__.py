"""A reader of our own for rows of digits: cut out, read, weighed."""
