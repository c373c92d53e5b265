"""Addresses of publishing: what staff publish, and the registers that anybody reads."""

from django.urls import path

from candour.web.views import public_registers, publishing

urlpatterns = [
    path("publishing/", publishing.publishing, name="publishing"),
    path("publishing/representatives/", publishing.representatives, name="representatives"),
    path(
        "publishing/representatives/<int:body>/new/",
        publishing.representative,
        name="representative-new",
    ),
    path(
        "publishing/representatives/<int:body>/<int:number>/",
        publishing.representative,
        name="representative",
    ),
    path("cases/<str:ref>/publishing/", publishing.case_publishing, name="case-publishing"),
    path("public/<slug:slug>/<slug:register>/", public_registers.register, name="public-register"),
    path(
        "public/<slug:slug>/<slug:register>/register.csv",
        public_registers.register_csv,
        name="public-register-csv",
    ),
    path(
        "public/<slug:slug>/<slug:register>/register.pdf",
        public_registers.register_pdf,
        name="public-register-pdf",
    ),
]
