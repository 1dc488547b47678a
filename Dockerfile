# Two images from one file: `runtime` (web, worker, beat) and `sandbox` (a demo). No build tool is left in any.
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
COPY requirements.lock .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --require-hashes -r requirements.lock

FROM python:${PYTHON} AS runtime
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=released.settings
RUN useradd --system --uid 10001 --create-home released
WORKDIR /srv/released
COPY --from=packages /opt/venv /opt/venv
COPY manage.py pyproject.toml ./
COPY released released
COPY integrations integrations
COPY sync sync
COPY notifications notifications
COPY templates templates
# Only names and hashes of files are written: no setting of the installation is needed, and none is kept.
RUN SECRET_KEY=only-while-the-image-is-built python manage.py collectstatic --no-input
USER released
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "released.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--keep-alive", "75", "--forwarded-allow-ips", "*"]

FROM python:${PYTHON} AS sandbox
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONUNBUFFERED=1
RUN useradd --system --uid 10001 --create-home released
WORKDIR /srv/released
COPY requirements-dev.lock .
RUN pip install --require-hashes -r requirements-dev.lock
COPY xero_sandbox xero_sandbox
USER released
EXPOSE 8200
CMD ["python", "-m", "xero_sandbox", "--host", "0.0.0.0", "--port", "8200", "--seed", "demo"]

# What `docker build .` makes when no target is named.
FROM runtime
