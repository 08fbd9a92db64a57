"""How many tables, and how many people at each."""

from programmes.allocation.problem import Rules

STANDARD = Rules()


def possible_table_counts(people: int, rules: Rules = STANDARD) -> range:
    """The numbers of tables that seat `people` with every table in size; empty when there is none. 40 → 7 and 8."""
    fewest = -(-people // rules.largest)
    most = people // rules.smallest
    return range(max(fewest, 1), most + 1)


def sizes_for(people: int, tables: int) -> tuple[int, ...]:
    """`people` spread over `tables` as evenly as can be, larger tables first. 39 at 7 → 6 6 6 6 5 5 5."""
    small, larger = divmod(people, tables)
    return (small + 1,) * larger + (small,) * (tables - larger)


def why_not(people: int, tables: int | None = None, rules: Rules = STANDARD) -> str:
    """Why `people` cannot sit (at `tables` tables, if given), and what works. Empty when they can."""
    counts = possible_table_counts(people, rules)
    if people == 0:
        return "Nobody has a place yet, so there is nobody to seat."
    if not counts:
        return _no_number_works(people, rules)
    if tables is None or tables in counts:
        return ""
    return f"{_what_happens(people, tables, rules)}: {_works(counts)}."


def _what_happens(people: int, tables: int, rules: Rules) -> str:
    who = f"{people} people at {_tables(tables)}"
    if tables < 1:
        return f"{people} people need tables"
    if tables < counts_start(people, rules):
        return f"{who} makes a table of {max(sizes_for(people, tables))}"
    return (
        f"{who} leaves a table of {people - (tables - 1) * rules.smallest}"
        if _one_short(people, tables, rules)
        else (f"{who} leaves tables of {min(sizes_for(people, tables))}")
    )


def counts_start(people: int, rules: Rules = STANDARD) -> int:
    """The fewest tables at which nobody is one too many."""
    return -(-people // rules.largest)


def _one_short(people: int, tables: int, rules: Rules) -> bool:
    """Whether all tables but one can be full enough and one is left with fewer people."""
    return 0 < people - (tables - 1) * rules.smallest < rules.smallest


def _no_number_works(people: int, rules: Rules) -> str:
    below = next((n for n in range(people - 1, 0, -1) if possible_table_counts(n, rules)), None)
    above = next(n for n in range(people + 1, people + rules.smallest + 1) if possible_table_counts(n, rules))
    numbers = f"{below} people would fit, and so would {above}" if below else f"{above} people would fit"
    who = f"{people} people" if people > 1 else "One person"
    return f"{who} cannot sit at tables of {rules.smallest} or {rules.largest}: {numbers}."


def _works(counts: range) -> str:
    if len(counts) == 1:
        return f"{_tables(counts[0])} works"
    if len(counts) == 2:
        return f"{counts[0]} or {_tables(counts[1])} works"
    return f"{counts[0]} to {_tables(counts[-1])} works"


def _tables(count: int) -> str:
    return f"{count} table" if count == 1 else f"{count} tables"
