"""Pixels become lines of text, and lines the words and labels of a form."""
