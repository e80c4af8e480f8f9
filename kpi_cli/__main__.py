"""Run the command line: `kpi`, or `python -m kpi_cli`."""

import sys


def main() -> None:
    """Run the command line; an interruption ends it quietly, even while it is being loaded."""
    try:
        from kpi_cli.cli import app

        app()
    except KeyboardInterrupt:
        print("kpi: interrupted", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
