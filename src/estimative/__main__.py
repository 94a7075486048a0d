"""The command line as ``python -m estimative``."""

from estimative.doors.cli import main

if __name__ == "__main__":
    main()
