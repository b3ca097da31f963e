"""Pictures that must not pass for a good document: blank and written papers, other cards, spoilt cards and pages."""
