"""The WSGI entry point that a web server imports: ``candour.site.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.site.settings")

application = get_wsgi_application()
