"""Measures payseal against what Python programs use today: `python measure.py PLAN.json` prints the samples as JSON.

The plan says what to measure and for how long; `tests/bench/run.py` writes it and reads what comes back.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import threads
from contenders import contenders_of, versions
from turns import in_turn


def main() -> None:
    """Measures every group of the plan."""
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    groups = [{**group, "nanoseconds": _measure(group, plan)} for group in plan["groups"]]
    print(json.dumps({"versions": versions(), "groups": groups}))


def _measure(group: dict[str, Any], plan: dict[str, Any]) -> dict[str, list[float]]:
    if group.get("threads"):
        return threads.measure(lambda: contenders_of(group, plan), group["threads"], group["rounds"])
    return in_turn(contenders_of(group, plan), group["rounds"], plan["turn_milliseconds"] / 1e3)


if __name__ == "__main__":
    main()
