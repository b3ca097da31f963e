"""Ruled tables: rules, rows and columns, and cells read again."""
