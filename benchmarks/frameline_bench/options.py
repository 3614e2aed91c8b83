"""What the scripts have in common on their command lines."""
import argparse
import signal
import sys

from .processes import Failure


def positive(text):
    """A whole number from 1 on."""
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"expected 1 to 1000000, found {text}")
    return int(text)


def run_main(name, run):
    """Runs a script and ends with its code; failures are one line, signals leave nothing behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(run())
    except Failure as e:
        print(f"{name}: {e}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print(f"{name}: interrupted", file=sys.stderr)
        sys.exit(130)
