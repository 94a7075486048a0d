"""The engine: the dice, futures, and counts over them."""
