"""Addresses of what is shared from a case and with whom, and of what runs alongside it."""

from django.urls import path

from candour.web.views import alongside, partnering, shared_case, sharing

urlpatterns = [
    path("cases/<str:ref>/parallel/", alongside.alongside, name="case-parallel"),
    path("cases/<str:ref>/sharing/", sharing.sharing, name="case-sharing"),
    path("cases/<str:ref>/sharing/file/", sharing.sharing_file, name="case-sharing-file"),
    path("cases/<str:ref>/sharing/with/", partnering.share_with, name="case-share"),
    path(
        "cases/<str:ref>/sharing/<uuid:entry>/end/", partnering.end_sharing, name="case-share-end"
    ),
    path("shared/<str:ref>/", shared_case.shared_case, name="shared-case"),
]
