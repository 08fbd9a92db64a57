"""How a wave stands in an address: "immediate", "1-month"."""

from evaluation.models import Wave
from evaluation.models.wave import WAVE_KINDS, WAVE_SLUGS


class WaveConverter:
    regex = "|".join(WAVE_KINDS)

    def to_python(self, value: str) -> Wave.Kind:
        return WAVE_KINDS[value]

    def to_url(self, value: str) -> str:
        return WAVE_SLUGS.get(value, value)
