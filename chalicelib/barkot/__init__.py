"""Barkot: the code on a receipt. It holds an address and a random token, nothing about anybody."""
