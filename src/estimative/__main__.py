"""The command line as ``python -m estimative``."""

from estimative.doors.cli import main

main()
