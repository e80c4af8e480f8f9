"""Run the command line: `kpi`, or `python -m kpi_cli`."""

import gc
import os
import signal
import sys
from types import FrameType

_ENDING = ("SIGTERM", "SIGHUP", "SIGBREAK")  # POSIX has the first two, Windows the last


def main() -> None:
    """Run the command line; an interruption ends it quietly, even while it is being loaded.

    The garbage collector is off while that lasts, and leaves what is left at the end to the system.
    Nor does pydantic go through all packages that are installed, to find plugins of its own.
    """
    _end_as_by_control_c()
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from kpi_cli.cli import app  # within, so that an interruption is caught
        from kpi_cli.collector import collect_seldom

        collect_seldom()
        app()
    except KeyboardInterrupt:
        if sys.stderr:  # pythonw has none, and print would take standard output in its place
            print("kpi: interrupted", file=sys.stderr)
        sys.exit(130)
    finally:
        gc.freeze()


def _end_as_by_control_c() -> None:
    """Have the signals that end a program do it as Ctrl-C does, so that nothing is left half done.

    One that is ignored stays so: nohup has a program go on when its terminal is closed.
    """
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
