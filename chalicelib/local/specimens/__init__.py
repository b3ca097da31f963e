"""Pictures of invented documents, each marked CONTOH: for the demo, the README and the tests.

`catalogue` finds the committed pictures and needs no imaging library; `command` prints new ones.
All people, numbers and houses are invented; the regions are real, so that the rules about regions can be shown.
"""
