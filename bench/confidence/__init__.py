"""Training of the confidence model: `python -m bench.confidence`.

Pictures of seeds of their own, and spoilt copies of them, are read with the rules' own confidence; of each value that
was read stand its signals, and whether it is right, in `samples.csv.gz` (no values). A logistic regression fitted to
them is `chalicelib/reading/layouts/confidence.json`.
"""
