"""Estimative: check whether an estimate's bottom line follows from its parts, and what it hangs on."""
