# Built in two steps: Node compiles the look, Python runs the product. Not yet built by anybody: see README.
FROM node:22-bookworm-slim AS look
WORKDIR /look
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY assets assets
RUN npm run build

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
COPY --from=look /look/build build
RUN SECRET_KEY=only-for-collecting-files python manage.py collectstatic --noinput \
    && useradd --system laypartner && mkdir -p /data && chown laypartner /data
USER laypartner
ENV DATA_DIR=/data
EXPOSE 8000
CMD ["gunicorn", "--config", "gunicorn.conf.py", "--bind", "0.0.0.0:8000", "laypartner.wsgi"]
