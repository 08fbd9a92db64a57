"""The environment of every test run, set before Django reads its settings (a pytest plugin, see pyproject.toml)."""

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["EMAIL_URL"] = "memorymail://"
for name in ("DEMO", "SECRET_KEY", "SITE_URL", "STAFF_NEED_SECOND_STEP"):
    os.environ.pop(name, None)
