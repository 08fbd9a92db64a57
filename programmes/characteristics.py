"""The seven characteristics of effective lay partners: their names and order are facts with a source.

Source: Morton M, Paice E (2016). Co-Production at the Strategic Level: Co-Designing an Integrated Care System with Lay
Partners in North West London, England. International Journal of Integrated Care 16(2):2. doi:10.5334/ijic.2470
"""

from django.db import models

SOURCE = (
    "Morton M, Paice E (2016). Co-Production at the Strategic Level: Co-Designing an Integrated Care System with Lay "
    "Partners in North West London, England. International Journal of Integrated Care 16(2):2. "
    "https://doi.org/10.5334/ijic.2470"
)


class Characteristic(models.TextChoices):
    LIVED_EXPERIENCE = "LIVED_EXPERIENCE", "Lived experience as a patient and/or carer"
    STRATEGIC_LEVEL = "STRATEGIC_LEVEL", "Experience of working at a strategic level, in any field"
    SHARED_VISION = "SHARED_VISION", "Commitment to a shared vision, not single issue champions"
    CHALLENGE = "CHALLENGE", "Willingness to challenge professionals"
    LISTENING = "LISTENING", "Ability to listen, weigh arguments and help reach a consensus"
    CONNECTIONS = "CONNECTIONS", "Diverse connections within the community"
    TIME = "TIME", "Time to read papers, attend meetings and communicate"


# One or two words each, for table headings and bars.
SHORT_NAMES: dict[Characteristic, str] = {
    Characteristic.LIVED_EXPERIENCE: "Lived experience",
    Characteristic.STRATEGIC_LEVEL: "Strategic level",
    Characteristic.SHARED_VISION: "Shared vision",
    Characteristic.CHALLENGE: "Challenge",
    Characteristic.LISTENING: "Listening",
    Characteristic.CONNECTIONS: "Connections",
    Characteristic.TIME: "Time",
}
