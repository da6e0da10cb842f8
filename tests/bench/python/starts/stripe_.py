import hashlib
import hmac
import time

import stripe
from program import body, run

now = int(time.time())
digits = hmac.digest(b"whsec_secret", f"{now}.".encode() + body, hashlib.sha256).hex()
header = f"t={now},v1={digits}"
run(lambda: stripe.Webhook.construct_event(body.decode(), header, "whsec_secret")["uniqueid"])
