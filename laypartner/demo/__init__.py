"""The demo: two cohorts of invented people, a bar that changes who you are, and the mail that would have gone.

`manage.py load_demo` fills any database; the bar and its pages exist only with DEMO=1.
"""
