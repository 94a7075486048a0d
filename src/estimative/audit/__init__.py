"""The audit: rules that look at an estimate and at what follows from it, one file each."""
