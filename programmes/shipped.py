"""What the programme "The Effective Lay Partner" says of itself: aims, principles, objectives, titles of the days.

These are names and items of a published programme, carried with their source.
"""

SOURCE = (
    "The Effective Lay Partner: an evaluation of a development programme for patients and carers, commissioned by the "
    "London Leadership Academy (2017): aims, section 2; delivery principles and learning objectives, section 4; "
    "days, section 5."
)

NAME = "The Effective Lay Partner"

AIMS = (
    "Inspire their commitment",
    "Develop their collaborative skills",
    "Improve their effectiveness in the role",
)

DELIVERY_PRINCIPLES = (
    "Focus on people who have already shown commitment by taking on roles",
    "Be highly interactive",
    "Develop skills and attitudes rather than impart knowledge",
    "Support the development of collaborative behaviours",
    "Encourage self-awareness and self-confidence",
    "Use a coaching approach that recognises experience and resourcefulness",
    "Offer experience of working with healthcare professionals as equals",
    "Be co-delivered with experienced lay partners and patient leaders",
)

LEARNING_OBJECTIVES = (
    "Understand the range of ways patients, carers and the public can be involved",
    "Understand the principles of co-production and have experienced it in action",
    "Have learned and practised the skills needed for effective lay partnership: negotiation, influencing, committee "
    "work, teamwork, representing the views of others, acting as critical friend, supporting shared values and vision",
    "Have developed their understanding of the NHS challenges ahead",
    "Be confident in the provisions of the Human Rights Act and their relevance to the work of the NHS",
    "Have forged supportive new relationships and networks",
)

DAY_TITLES = ("Co-production", "Collaboration", "Continuing Development")
