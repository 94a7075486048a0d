"""Words: lexicons, standards, readers; from a likelihood to the numbers that readers take it to mean."""
