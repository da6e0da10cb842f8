import hmac
import json

from program import body, run, signature


def verify() -> str:
    if not hmac.compare_digest(hmac.digest(b"api-secret", body, "sha512").hex(), signature):
        return ""
    uniqueid: str = json.loads(body)["uniqueid"]
    return uniqueid


run(verify)
