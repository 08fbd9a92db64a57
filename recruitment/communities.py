"""Communities that applicants are in touch with, as a pick list: a code is stored, the words are shown.

Only counts of many people are ever shown (R32): which communities a cohort as a whole has a way to.
"""

COMMUNITIES: tuple[tuple[str, str], ...] = (
    ("older-people", "Older people"),
    ("young-people", "Young people"),
    ("parents", "Parents and families"),
    ("carers", "Carers"),
    ("disabled-people", "Disabled people"),
    ("long-term-conditions", "People with long-term conditions"),
    ("mental-health", "People with mental health needs"),
    ("learning-disability", "People with a learning disability or autism"),
    ("minority-ethnic", "Black, Asian and minority ethnic communities"),
    ("faith", "Faith groups"),
    ("lgbt", "LGBTQ+ people"),
    ("refugees", "Refugees and newcomers"),
    ("low-income", "People on a low income or without a home"),
    ("rural", "Rural communities"),
    ("other", "Other groups"),
)
LABELS: dict[str, str] = dict(COMMUNITIES)
