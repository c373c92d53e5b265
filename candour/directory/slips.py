"""How many slips of the finger lie between what was typed and the beginning of a word."""


def slips_between(typed: str, word: str) -> int:
    """Return the fewest slips by which somebody typing the beginning of a word typed this.

    A slip is a letter too many, a letter too few, a wrong one, or two neighbours the wrong way
    round. What is still to be typed costs nothing.
    """
    width = min(len(word), len(typed) + 2)
    before: list[int] = []
    row = list(range(width + 1))
    for place, letter in enumerate(typed, 1):
        further, before, row = before, row, [place]
        for column in range(1, width + 1):
            least = min(
                before[column] + 1,
                row[column - 1] + 1,
                before[column - 1] + (letter != word[column - 1]),
            )
            if (
                place > 1
                and column > 1
                and letter == word[column - 2]
                and typed[place - 2] == word[column - 1]
            ):
                least = min(least, further[column - 2] + 1)
            row.append(least)
    return min(row)
