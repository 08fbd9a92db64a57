from recruitment.services import agreeing, applying, deciding, merging, reviewing, writing_down

__all__ = ["agreeing", "applying", "deciding", "merging", "reviewing", "writing_down"]
