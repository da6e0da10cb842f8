"""A local payment gateway for tests, which speaks the protocols of Bitloga and Api for Crypto.

    import payseal_sandbox

    with payseal_sandbox.start(pause_scale=0.01) as sandbox:
        ...  # your client calls sandbox.base_url
        sandbox.pay("125")
        sandbox.wait_for_delivery("125")

With pytest there is nothing to start: ask for the fixture `payseal_sandbox`.
"""

from ._errors import SandboxError
from ._options import Options
from ._program import program, version
from ._sandbox import Answer, Delivery, Order, Sandbox, start

__all__ = ["Answer", "Delivery", "Options", "Order", "Sandbox", "SandboxError", "__version__", "program", "start"]

__version__ = version()
