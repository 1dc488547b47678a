"""The WSGI door: `gunicorn released.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "released.settings")
application = get_wsgi_application()
