"""Run the command line: `kpi`, or `python -m kpi_cli`."""

import gc
import sys

_THRESHOLDS = 200_000, 20, 100  # Python's own of 700 would search what is read again and again


def main() -> None:
    """Run the command line; an interruption ends it quietly, even while it is being loaded.

    The garbage collector is set up for one run of one program, here and nowhere else: it doesn't
    go through what was loaded, works seldom, and leaves what is left at the end to the system.
    """
    gc.disable()
    try:
        from kpi_cli.cli import app  # within, so that an interruption is caught

        gc.freeze()
        gc.enable()
        gc.set_threshold(*_THRESHOLDS)
        app()
    except KeyboardInterrupt:
        print("kpi: interrupted", file=sys.stderr)
        sys.exit(130)
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
