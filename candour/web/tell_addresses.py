"""Addresses of the public form, of receipts, and of the staff's side of both."""

from django.urls import path, register_converter

from candour.web.views import (
    tell,
    tell_asking,
    tell_deleting,
    tell_files,
    tell_keying,
    tell_paper,
    tell_receipt,
    tell_settings,
    tell_whole,
)


class LanguageInAddress:
    """One of the two languages, as it stands in an address."""

    regex = "en|cy"

    def to_python(self, value: str) -> str:
        """Return the language."""
        return value

    def to_url(self, value: str) -> str:
        """Return how it is written."""
        return value


register_converter(LanguageInAddress, "language")

urlpatterns = [
    path("tell/receipt/", tell_receipt.receipt_start, name="tell-receipt-start"),
    path("tell/receipt/<language:language>/", tell_receipt.receipt, name="tell-receipt"),
    path(
        "tell/receipt/<language:language>/receipt.txt",
        tell_receipt.receipt_file,
        name="tell-receipt-file",
    ),
    path("experiences/form/", tell_settings.tell_settings, name="tell-settings"),
    path("experiences/keying/", tell_keying.tell_keying, name="tell-keying"),
    path("experiences/<int:number>/ask/", tell_asking.tell_ask, name="tell-ask"),
    path("tell/<slug:slug>/", tell.tell, name="tell"),
    path("tell/<slug:slug>/<language:language>/form.pdf", tell_paper.paper, name="tell-paper"),
    path("tell/<slug:slug>/colours.css", tell_files.colours, name="tell-colours"),
    path("tell/<slug:slug>/<language:language>/", tell.start, name="tell-start"),
    path("tell/<slug:slug>/<language:language>/whole/", tell_whole.whole, name="tell-whole"),
    path(
        "tell/<slug:slug>/<language:language>/delete/",
        tell_deleting.throw_away,
        name="tell-throw-away",
    ),
    path(
        "tell/<slug:slug>/<language:language>/places/", tell_files.tell_places, name="tell-places"
    ),
    path("tell/<slug:slug>/<language:language>/<slug:page>/", tell.page, name="tell-page"),
]
