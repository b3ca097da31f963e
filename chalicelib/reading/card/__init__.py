"""The KTP: found, laid flat, read, and its fields told by their labels and places."""
