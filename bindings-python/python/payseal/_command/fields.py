"""The fields of a message to make: of options and of a file, with samples for those that have to be there."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from .arguments import Arguments
from .failure import wrong_use
from .files import read_file
from .options import FIELD_OPTIONS
from .text import decoded, did_you_mean

# What a field is that was not given. No shop has such an order.
_SAMPLES: dict[str, dict[str, str]] = {
    "bitloga": {"to": "WMZ", "amount": "1.00", "invoiceid": "1", "uniqueid": "payseal-test"},
    "apiforcrypto": {
        "id": "payseal-test",
        "blockchain": "tron",
        "symbol": "USDT",
        "address": "payseal-test",
        "value": "1000000",
    },
}
_WHOLE_NUMBERS = ("invoiceid", "confirmations")
_USER_DATA = ("order_id", "title", "description", "url_callback", "url_success", "url_failed", "user_data")


def read_fields(given: Arguments) -> dict[str, Any]:
    """The fields that a command was given."""
    gateway = given.gateway
    names = [option.name for option in FIELD_OPTIONS[gateway] if option.name != "order-id"]
    fields: dict[str, Any] = {**_SAMPLES[gateway], **_of_file(given.value("fields"), gateway, names)}
    fields.update((name, value) for name in names if (value := given.value(name)) is not None)
    for name in _WHOLE_NUMBERS:
        if name in fields:
            if not re.fullmatch("[0-9]{1,19}", fields[name]):
                raise wrong_use(f"{name}: must be a whole number")
            fields[name] = int(fields[name])
    if gateway == "apiforcrypto":
        fields["data"] = {"order_id": "payseal-test", **fields.get("data", {})}
        order = given.value("order-id")
        if order is not None:
            fields["data"]["order_id"] = order
    return fields


def _of_file(file: str | None, gateway: str, names: list[str]) -> dict[str, Any]:
    if file is None:
        return {}
    members = _exact_json(decoded(read_file("--fields", file)))
    if not isinstance(members, dict):
        raise wrong_use("the file of --fields is not a JSON object")
    known = [*names, "data"] if gateway == "apiforcrypto" else names
    for name in members:
        if name not in known:
            raise wrong_use(f"--fields has a field that is not known{did_you_mean(name, known)}")
    return {name: _user_data(value) if name == "data" else _text(name, value) for name, value in members.items()}


def _user_data(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise wrong_use("data: must be an object")
    for name in value:
        if name not in _USER_DATA:
            raise wrong_use(f"--fields has a field of data that is not known{did_you_mean(name, _USER_DATA)}")
    return {name: _text(f"data.{name}", one) for name, one in value.items()}


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise wrong_use(f"{name}: must be text or a number")
    return value


def _exact_json(text: str) -> Any:
    """JSON with every number as the text of its digits."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_json)
    except (ValueError, RecursionError):
        raise wrong_use("the file of --fields is not JSON") from None


def _no_json(_: str) -> NoReturn:
    """``NaN`` and the like, which Python takes for JSON."""
    raise ValueError
