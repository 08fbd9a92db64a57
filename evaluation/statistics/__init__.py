"""Figures made from marks. Pure: no Django, no database, no rounding but core.rounding's."""
