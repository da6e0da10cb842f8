"""A shop with Django, in one file; in a project of yours the views go to `views.py` and the rest is there already."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.management.utils import get_random_secret_key
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from ledger import UnknownOrder
from payseal import PaysealError, SignatureError
from shop import ACCOUNT, URL, bitloga, ledger, place_order

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=[urlsplit(URL).hostname],
    SECRET_KEY=get_random_secret_key(),  # Signs nothing here: there are no sessions.
)


@csrf_exempt
@require_POST
def order(_request: HttpRequest) -> HttpResponse:
    """Places an order and says where to pay for it."""
    uniqueid, call = place_order()
    response = httpx.request(call.method, call.url, headers=call.headers, content=call.body)
    invoice = call.parse(response.status_code, response.content)
    return JsonResponse({"uniqueid": uniqueid, "invoice": invoice.invoice})


# region callback
@csrf_exempt  # The gateway has no token of a form; its signature says more.
@require_POST
def callback(request: HttpRequest) -> HttpResponse:
    """Takes the gateway's word that an invoice was paid; anything but 200 makes the gateway deliver it again."""
    # The bytes as received: what is signed. Take `request.body` before anything reads the request as a stream or a
    # form, and not what a parser of Django REST framework made of it (`request.data`).
    body = request.body
    try:
        received = bitloga.verify_callback(body, request.headers)
        received.expect(amount=ledger.due(received.uniqueid), to=ACCOUNT["paysys"], purse=ACCOUNT["purse"])
    except SignatureError as error:
        return HttpResponse(error.code, status=401)
    except (PaysealError, UnknownOrder) as error:
        return HttpResponse(error.code, status=400)
    if received.status.is_paid:
        ledger.credit(received)
    return HttpResponse("ok")


# endregion callback


@require_GET
def paid(_request: HttpRequest) -> HttpResponse:
    """What was paid, by order."""
    return JsonResponse(ledger.paid())


urlpatterns = [path("orders", order), path("callback", callback), path("paid", paid)]
application = get_wsgi_application()
