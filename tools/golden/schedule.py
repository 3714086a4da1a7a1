"""Writes test/golden/schedule.json: learning rates of nanoGPT's get_lr for a few settings.

    python tools/golden/schedule.py         (standard library only)

The formula is nanoGPT's: a linear warm-up whose first rate is peak / (warmupSteps + 1), a cosine down to the floor at
decaySteps, and the floor from there on.
"""

import json
import math
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "test" / "golden" / "schedule.json"
SETTINGS = [
    {"peak": 6e-4, "floor": 6e-5, "warmupSteps": 10, "decaySteps": 100},
    {"peak": 1e-3, "floor": 1e-4, "warmupSteps": 0, "decaySteps": 40},
    {"peak": 3e-3, "floor": 0.0, "warmupSteps": 1, "decaySteps": 7},
    {"peak": 6e-4, "floor": 6e-5, "warmupSteps": 2000, "decaySteps": 600_000},
]


def get_lr(step: int, peak: float, floor: float, warmup: int, decay: int) -> float:
    if step < warmup:
        return peak * (step + 1) / (warmup + 1)
    if step > decay:
        return floor
    progress = (step - warmup) / (decay - warmup)
    return floor + 0.5 * (1.0 + math.cos(math.pi * progress)) * (peak - floor)


def chosen_steps(warmup: int, decay: int) -> list[int]:
    """Every step when there are few; else both ends, the joints and what lies around them, and some in between."""
    if decay <= 100:
        return list(range(decay + 3))
    near = [joint + offset for joint in (0, warmup, decay) for offset in (-1, 0, 1) if joint + offset >= 0]
    return sorted({*near, 2, warmup // 2, *(decay * tenth // 10 for tenth in range(1, 10)), 2 * decay})


def main() -> None:
    cases = []
    for setting in SETTINGS:
        steps = chosen_steps(setting["warmupSteps"], setting["decaySteps"])
        cases.append({**setting, "steps": steps, "rates": [get_lr(step, *setting.values()) for step in steps]})
    FILE.write_text(json.dumps({"madeBy": "tools/golden/schedule.py", "cases": cases}) + "\n")
    print(f"{FILE.name}: {len(cases)} settings, {sum(len(case['steps']) for case in cases)} rates")


if __name__ == "__main__":
    main()
