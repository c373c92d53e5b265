"""The hook: a mail server hands over a message that came in, signed so that nobody else can."""

import hashlib
import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from candour.mail.reading.filing import Filed, file_message
from candour.mail.reading.incoming import LARGEST, Unreadable, read
from candour.sealing.errors import KeyNotHere
from candour.site import clock

SIGNATURE, SENT_AT = "X-Candour-Signature", "X-Candour-Sent-At"
MOST_APART = 300  # seconds between the sender's clock and this one


@csrf_exempt
@require_POST
def hook(request: HttpRequest) -> HttpResponse:
    """File the message that is the body of the request.

    ``X-Candour-Sent-At`` is the time in whole seconds since 1970, ``X-Candour-Signature`` the
    HMAC-SHA256 of that, a dot and the message, by the secret in ``CANDOUR_MAIL_HOOK``, in hex.
    Handing the same message over again does nothing.
    """
    secret = str(settings.CANDOUR_MAIL_HOOK)
    if not secret:
        raise Http404
    raw = request.read(LARGEST + 1)
    if not _signed(request, raw, secret):
        return _plain("The signature is not right, or is more than five minutes old.", 403)
    try:
        outcome = file_message(read(raw), clock.now())
    except Unreadable as fault:
        return _plain(f"Not filed. {fault}", 422)
    except KeyNotHere:
        return _plain(
            "It has to be sealed, and the key is not here. Hand it over again later.", 503
        )
    if outcome is Filed.NOBODYS:
        return _plain("It belongs to no body here. Set CANDOUR_MAIL_KEEPER.", 422)
    return _plain(str(outcome), 200)


def signature(secret: str, sent_at: str, raw: bytes) -> str:
    """Return the signature of a message handed over at a time."""
    return hmac.new(secret.encode(), sent_at.encode() + b"." + raw, hashlib.sha256).hexdigest()


def _signed(request: HttpRequest, raw: bytes, secret: str) -> bool:
    sent_at = request.headers.get(SENT_AT, "")
    if not (sent_at.isascii() and sent_at.isdecimal() and len(sent_at) < 12):
        return False
    fresh = abs(clock.now().timestamp() - int(sent_at)) <= MOST_APART
    given = request.headers.get(SIGNATURE, "")
    return fresh and constant_time_compare(given, signature(secret, sent_at, raw))


def _plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
