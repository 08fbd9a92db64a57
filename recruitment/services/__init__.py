from recruitment.services import applying, deciding, reviewing

__all__ = ["applying", "deciding", "reviewing"]
