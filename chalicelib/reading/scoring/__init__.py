"""How good readings are, against truths that people wrote down: counts only, nothing that was read.

truth, answer → items (`compare`) → tallies, trust, flags (`tally`, `trust`, `flags`) → tables (`report`)
"""
