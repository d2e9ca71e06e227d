FROM python:3.11-slim

WORKDIR /app
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY scheduler scheduler
COPY storage storage
RUN pip install --no-cache-dir -c requirements.lock '.[postgres]' \
    && useradd --create-home --uid 10001 buttonhook \
    && mkdir /data && chown buttonhook /data

USER buttonhook
VOLUME /data
ENV DATABASE_URL=sqlite:////data/buttonhook.db
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["python", "-m", "bot", "health"]
CMD ["python", "-m", "bot"]
