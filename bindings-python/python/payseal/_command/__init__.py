"""The command ``python -m payseal``. The npm package has the same; ``tests/doctor/cases.json`` holds both together."""
