"""Barcodes and QR codes."""
