"""Print the fault matrix: `python tests/bench/faults.py`.

Every fault is met on the first, the middle and the last page of a day, once where nothing is stored of that day and
once where it is. `unharmed` tells that what was stored of it is byte for byte what it was, `stored` that it became what
a run without the fault makes of it; after it stand the exit code and how often the page was asked for. A case in which
anything else came out is `WRONG`. A page without entries is believed, but takes none away: `none lost`.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fault_matrix import DAY, PAGES, Case, matrix
from tests.faults import FAULTS, NOTHING_LISTED, NamedFault

STATES = ("new day", "known day")


def told(fault: NamedFault, case: Case) -> str:
    """What came of a case, in a word."""
    path = f"listings/2026/02/{DAY}.huggingface.json"
    others = {name: body for name, body in case.undisturbed.items() if name != path and (fault.rest or "-02." in name)}
    rest_is_right = all(case.after.get(name) == body for name, body in others.items())
    if fault.reason is None:
        right, word = case.after == case.undisturbed and case.report.exit_code == 0, "stored"
    else:
        said = str(case.day)
        is_said = case.address in said and said in str(case.report) and bool(re.search(fault.reason, said))
        unharmed = case.after.get(path) == case.before.get(path)
        right, word = unharmed and is_said and case.report.exit_code == 1, "unharmed"
    verdict = word if right and rest_is_right and case.asked <= fault.asked else "WRONG"
    return f"{verdict} {case.report.exit_code} {case.asked}"


def told_of_nothing(fault: NamedFault, case: Case) -> str:
    """As `told`, for a page without entries, which is believed: it must take no entry away."""
    path = f"listings/2026/02/{DAY}.huggingface.json"
    before, after = (set(re.findall(b'"id": "([^"]+)"', tree.get(path, b""))) for tree in (case.before, case.after))
    verdict = "none lost" if before <= after and case.report.exit_code == 0 else "WRONG"
    return f"{verdict} {case.report.exit_code} {case.asked}"


def main() -> None:
    columns = [(page, state) for state in STATES for page in PAGES]
    print(f"{'':28}" + "".join(f"{state + ',':15}" for _, state in columns))
    print(f"{'':28}" + "".join(f"{page:15}" for page, _ in columns))
    wrong, cases = 0, 0
    with tempfile.TemporaryDirectory() as folder, matrix(Path(folder), "huggingface") as made:
        for fault in (*FAULTS, NOTHING_LISTED):
            tell = told_of_nothing if fault is NOTHING_LISTED else told
            results = [tell(fault, made.case(fault, page, state)) for page, state in columns]
            wrong += sum("WRONG" in result for result in results)
            cases += len(results)
            print(f"{fault.name:28}" + "".join(f"{result:15}" for result in results), flush=True)
    print(f"{cases} cases, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
