# Scorecraft's HTTP API. Build: docker build -t scorecraft .   Run: see compose.yaml and docs/operations.md.
FROM python:3.11-slim-bookworm AS built
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/scorecraft
COPY requirements/runtime.txt requirements/
RUN /opt/scorecraft/bin/pip install --require-hashes -r requirements/runtime.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /data scorecraft
COPY --from=built /opt/scorecraft /opt/scorecraft
COPY knowledge /opt/scorecraft/app/knowledge
COPY prompts /opt/scorecraft/app/prompts
COPY assistant /opt/scorecraft/app/assistant
COPY api /opt/scorecraft/app/api
ENV PATH=/opt/scorecraft/bin:$PATH PYTHONPATH=/opt/scorecraft/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    SCORECRAFT_DATA_DIR=/data SCORECRAFT_API_HOST=0.0.0.0 SCORECRAFT_API_PORT=8300
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8300
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8300/readyz', timeout=4)"]
ENTRYPOINT ["python", "-m", "api.cli.main"]
CMD ["serve"]
