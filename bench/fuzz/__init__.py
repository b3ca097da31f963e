"""Mutated files through the reader: it must answer or refuse, within its time and memory, and never fall over."""
