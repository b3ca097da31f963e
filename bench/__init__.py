"""The bench: measures the served product on this machine. `python -m bench [--only NAME …]` writes `results.json`, from
which `python -m bench.tables` makes `docs/bench.md`."""
