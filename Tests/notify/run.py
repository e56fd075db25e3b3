"""Events, webhooks, mail and watch, with real servers on the loopback interface.

usage: run.py TRIPLAKE [NAME…]     only the checks whose names begin so
"""

import signal
import subprocess
import sys
import time

import deliveries
import events
import watching
from lake import Fault


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    # A shell lets what it starts in the background ignore SIGINT, and so would all that is started here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    program, wanted = sys.argv[1], tuple(sys.argv[2:])
    checks = [
        check for module in (events, deliveries, watching) for check in vars(module).values()
        if callable(check) and getattr(check, "__module__", "") == module.__name__
        and check.__name__.startswith("check_")]
    failed = 0
    for check in checks:
        name = check.__name__.removeprefix("check_")
        if wanted and not name.startswith(wanted):
            continue
        start = time.monotonic()
        try:
            check(program)
            result = "passed"
        except (Fault, subprocess.SubprocessError) as fault:
            failed += 1
            result = f"FAILED\nerror: {name}: {fault}"
        print(f"   {name}: {time.monotonic() - start:.1f} s, {result}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
