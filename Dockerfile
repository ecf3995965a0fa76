# The portal's image: web, worker, beat and migrate are the same image with different commands (docker-compose.yml).

FROM python:3.13-slim AS packages
COPY requirements/run.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps --only-binary=:all: -r run.txt

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PORT=8000
RUN useradd --system --uid 10001 --create-home mer
WORKDIR /srv/mer
COPY --from=packages /opt/venv /opt/venv
COPY . .
# The named volumes take their owner from these folders. The values below serve this one step and are in no container.
RUN pybabel --quiet compile --domain django --directory locale \
    && MER_MODE=server SECRET_KEY=$(python -c 'import secrets; print(secrets.token_hex(32))') PUBLIC_URL=https://none.invalid ALLOWED_HOSTS=none.invalid \
       DATABASE_URL=sqlite://:memory: REDIS_URL=redis://none.invalid \
       EMAIL_URL=smtp://none.invalid DEFAULT_FROM_EMAIL=none@none.invalid python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir -p var/media var/records var/dumps \
    && chown mer: var var/media var/records var/dumps
USER mer
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "tools.health", "http://127.0.0.1:8000/healthz"]
CMD ["gunicorn", "mer_portal.wsgi", "--worker-class=gthread", "--workers=2", "--threads=8", "--timeout=60", "--no-control-socket"]
