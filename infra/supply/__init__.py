"""The supply chain, checked without a network: what is locked, what is known against it, what it may be used under,
and that no secret lies in the repository. `python -m infra.supply` does it all, as `make check` runs it.
"""
