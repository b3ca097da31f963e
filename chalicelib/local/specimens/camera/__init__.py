"""A phone camera as arithmetic: a flat sheet becomes a photo, and the truth says what the camera did to it.

`conditions` draws what happens, `pose` says where the sheet lies, `grounds`, `things` and `hands` build the scene,
`light` and `lens` and `sensor` expose it, `files` stores it, `legibility` measures what is left, `shot` does it all.
"""
