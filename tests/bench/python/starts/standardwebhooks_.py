from datetime import datetime, timezone

from program import body, run
from standardwebhooks.webhooks import Webhook

webhook = Webhook(b"api-secret-of-enough-bytes")
now = datetime.now(tz=timezone.utc)
headers = {
    "webhook-id": "msg_125",
    "webhook-timestamp": str(int(now.timestamp())),
    "webhook-signature": webhook.sign("msg_125", now, body.decode()),
}
run(lambda: webhook.verify(body, headers)["uniqueid"])
