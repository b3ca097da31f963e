"""The bench of the reading: pictures that no rule was made on, read by the product and by each engine alone.

`python -m bench.reading` makes the pictures, reads them, keeps every answer under `build/bench-reading/` (a run that was
stopped goes on where it stopped), and writes the tables of `docs/reading.md`.
"""
