"""The officers' desk: an item is offered, claimed for a while, worked on and decided."""
