"""The routes. Each asks the world for one use case and turns the answer into JSON; no rule lives here."""
