"""What every test of a page needs: static files as they lie in the source, nothing collected."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def static_files_uncollected(settings: Settings) -> None:
    """In production they carry hashes that only `collectstatic` can tell."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True
