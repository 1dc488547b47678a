"""The WSGI door: `gunicorn released.wsgi`. It stays shut while the environment is wrong."""

import os
import sys

from django.core.checks import Error, run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "released.settings")
application = get_wsgi_application()

wrong = [found for found in run_checks(tags=["environment"]) if isinstance(found, Error)]
if wrong:
    for found in wrong:
        sys.stderr.write(f"{found.msg} {found.hint or ''}\n")
    raise SystemExit(f"Not started: {len(wrong)} settings need attention (docs/configuration.md).")
