"""How the web server runs: one process with four threads is the shape that SQLite likes best (docs/operations.md)."""

import os

from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laypartner.settings")  # post_fork asks for the databases

workers = int(os.environ.get("WEB_PROCESSES", "1"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 120
graceful_timeout = 20
# Addresses hold questionnaire tokens, so no access log is written.
accesslog = None
loglevel = "warning"
control_socket_disable = True


def post_fork(server: object, worker: object) -> None:
    """SQLite forbids a connection that was open across a fork."""
    connections.close_all()
