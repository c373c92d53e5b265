"""Response headers that keep a page to what the site itself serves."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOBODY = "frame-ancestors 'none'"
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",  # a letter is looked at in the page that sends it
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        NOBODY,
    ]
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def _policy(response: HttpResponse) -> str:
    """Return the policy of a response: its `frame_ancestors` are the sites that may frame it."""
    sites = " ".join(getattr(response, "frame_ancestors", ()))
    return POLICY.replace(NOBODY, f"frame-ancestors {sites}") if sites else POLICY


class ContentSecurityMiddleware:
    """Adds the content security policy: own files only, nothing inline, framed by nobody.

    A response that names sites in `frame_ancestors` may be framed by those.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response of the view with the policy added where it set none itself."""
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy(response))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
