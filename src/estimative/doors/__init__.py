"""Doors: where users come in. The command line."""
