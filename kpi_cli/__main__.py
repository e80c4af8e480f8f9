"""Run the command line: `kpi`, or `python -m kpi_cli`."""

import gc
import sys

from kpi_cli.collecting import uncollected


@uncollected()
def main() -> None:
    """Run the command line; an interruption ends it quietly, even while it is being loaded.

    Most runs end before it is worth the while to collect garbage; those that go on for long do it.
    What is left at the end goes with the process, and isn't searched either.
    """
    try:
        from kpi_cli.cli import app

        app()
    except KeyboardInterrupt:
        print("kpi: interrupted", file=sys.stderr)
        sys.exit(130)
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
