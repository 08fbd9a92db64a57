"""How much is read, whatever is sent."""

MOST_ROWS = 5_000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000
MOST_BYTES = 50_000_000
MOST_ENTRIES = 200
MOST_TIMES_SMALLER = 100
LARGEST_UPLOAD = 10_000_000

TOO_MANY_ROWS = f"The file has more than {MOST_ROWS:,} rows. Keep to {MOST_ROWS:,}; delete what is not needed."
TOO_WIDE = f"The row has more than {MOST_COLUMNS} columns. Delete what stands to the right of the last heading."
TOO_BIG = f"The file is larger than {MOST_BYTES // 1_000_000} MB. A cohort's file is much smaller."
