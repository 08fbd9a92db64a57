"""The secret in a personal link. Whoever holds it may do the one thing it is for; the database keeps only its hash."""

import hashlib
import secrets

RANDOM_BYTES = 21  # 168 bits, as 28 letters that are all equally likely


def new_token() -> str:
    return secrets.token_urlsafe(RANDOM_BYTES)


def hash_of(token: str) -> str:
    """What is stored and looked up. No salt: nobody can guess 168 random bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
