"""Addresses of publishing: what staff publish, and the registers that anybody reads."""

from django.urls import path

from candour.web.views import decision_register, public_registers, publishing, reports

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
    path("decisions/", decision_register.register, name="decisions-register"),
    path("cases/<str:ref>/report/", reports.report, name="case-report"),
    path("cases/<str:ref>/report/report.pdf", reports.report_file, name="case-report-file"),
    path("cases/<str:ref>/publishing/", publishing.case_publishing, name="case-publishing"),
    path("public/<slug:slug>/<slug:register>/", public_registers.register, name="public-register"),
    path(
        "public/<slug:slug>/<slug:register>/<uuid:number>/",
        public_registers.line,
        name="public-line",
    ),
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
