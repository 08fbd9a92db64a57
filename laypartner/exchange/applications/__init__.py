"""Applications from a spreadsheet: rows of a file, or pasted, checked row by row and taken in all at once."""
