"""The command ``python -m payseal``, which helps where a callback does not verify."""

from ._command.main import run

if __name__ == "__main__":
    run()
