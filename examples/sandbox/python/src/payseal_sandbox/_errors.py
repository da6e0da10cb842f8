"""What goes wrong."""


class SandboxError(Exception):
    """The sandbox is missing, did not start, or refused what it was told."""
