"""The command line: parse, call, render. Each command loads what it needs when it runs."""

from __future__ import annotations

import sys

EXIT_DONE = 0
EXIT_SOME_REFUSED = 1
EXIT_USAGE = 2
EXIT_NOTHING_DONE = 3
EXIT_INTERRUPTED = 130


def main() -> None:
    """Entry point of the `tocsin` command. Errors raised on purpose become one line and a code."""
    from tocsin.cli.app import app
    from tocsin.errors import AccountError, ReviewError, SettingsError, TocsinError

    try:
        app()
    except SettingsError as error:
        sys.stderr.write(f"tocsin: setting {error}\n")
        sys.exit(EXIT_USAGE)
    except (AccountError, ReviewError) as error:
        sys.stderr.write(f"tocsin: {error}\n")
        sys.exit(EXIT_USAGE)
    except TocsinError as error:
        sys.stderr.write(f"tocsin: {error}\n")
        sys.exit(EXIT_NOTHING_DONE)
    except BrokenPipeError:
        # The reader of our output went away (`tocsin incidents | head`): nothing is wrong.
        sys.stderr.close()
        sys.exit(EXIT_DONE)
