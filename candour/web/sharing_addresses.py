"""Addresses of what is shared from a case, and of what runs alongside it."""

from django.urls import path

from candour.web.views import alongside, sharing

urlpatterns = [
    path("cases/<str:ref>/parallel/", alongside.alongside, name="case-parallel"),
    path("cases/<str:ref>/sharing/", sharing.sharing, name="case-sharing"),
    path("cases/<str:ref>/sharing/file/", sharing.sharing_file, name="case-sharing-file"),
]
