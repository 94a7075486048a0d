"""Questions: one file each, an answer type and the function that gives it."""
