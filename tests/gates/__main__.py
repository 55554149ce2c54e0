"""Run the gates, all of them or those named: `python -m tests.gates [NAME ...]`."""

import sys
import time
from collections.abc import Callable

from tests.gates import html, lighthouse, malformed, many, searching, sigkill, workers
from tests.gates.outcome import Missing, Outcome
from tests.gates.site import Site, new_site

GATES: dict[str, Callable[[Site], Outcome]] = {
    "html": html.run,
    "lighthouse": lighthouse.run,
    "many": many.run,
    "malformed": malformed.run,
    "workers": workers.run,
    "searching": searching.run,
    "sigkill": sigkill.run,
}
# Destinations beside the Siak content.
ITEMS = {"many": many.ITEMS, "malformed": malformed.ITEMS}
MOST_SHOWN = 15


def main(chosen: list[str]) -> int:
    """Run the gates *chosen*; return 1 where one failed."""
    if unknown := set(chosen) - GATES.keys():
        print(f"no such gate: {', '.join(sorted(unknown))}; there are {', '.join(GATES)}")
        return 2
    outcomes = {}
    for name in chosen or GATES:
        began = time.monotonic()
        outcomes[name] = outcome = _outcome(name)
        print(f"{name:<12}{outcome.word:<9}{time.monotonic() - began:5.0f} s  {outcome.said}", flush=True)
        for line in outcome.wrong[:MOST_SHOWN]:
            print(f"    {line}")
        if len(outcome.wrong) > MOST_SHOWN:
            print(f"    and {len(outcome.wrong) - MOST_SHOWN} more")
    for name, outcome in outcomes.items():
        if outcome.missing:
            print(f"not run: {name}, because {outcome.missing}")
    return int(any(outcome.wrong for outcome in outcomes.values()))


def _outcome(name: str) -> Outcome:
    try:
        with new_site(ITEMS.get(name, 0)) as site:
            return GATES[name](site)
    except Missing as missing:
        return Outcome(missing=str(missing))
    except Exception as problem:
        return Outcome(wrong=[f"{type(problem).__name__}: {problem}"])


sys.exit(main(sys.argv[1:]))
