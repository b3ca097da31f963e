"""The village office's counter: an officer makes a case for a citizen, one by one or out of a list."""
