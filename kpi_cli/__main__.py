"""Run the command line with `python -m kpi_cli`."""

from kpi_cli.cli import main

if __name__ == "__main__":
    main()
