"""`python -m archivist` is the command line."""

import sys

from archivist.cli import main

sys.exit(main())
