"""`python -m arazzo_runner` is the command `arazzo`."""

import sys

from arazzo_runner.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
