"""Checks of an estimate that has been read: one file for each kind of thing that can be wrong."""
