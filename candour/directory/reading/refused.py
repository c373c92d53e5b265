"""What is said when a file as a whole cannot be taken: what is wrong with it, and what to do."""

from collections.abc import Sequence

from candour.directory.errors import FileRefusedError
from candour.engine.words import Words


def too_large(size: int, most: int) -> FileRefusedError:
    """Return the refusal of a file that is larger than any register."""
    return FileRefusedError(
        Words(
            f"The file has {size:,} bytes; {most:,} at most are read. The care directory has about "
            "25,000,000: is this the right file?",
            f"Mae gan y ffeil {size:,} beit; darllenir {most:,} ar y mwyaf. Mae gan y cyfeiriadur "
            "gofal tua 25,000,000: ai hon yw’r ffeil gywir?",
        )
    )


def empty() -> FileRefusedError:
    """Return the refusal of a file with nothing in it."""
    return FileRefusedError(Words("The file is empty.", "Mae’r ffeil yn wag."))


def unpaired(begins: int, why: object) -> FileRefusedError:
    """Return the refusal of a text in which nobody can say where a cell ends.

    Args:
        begins: the line on which the record begins.
        why: what the reader of such files says.
    """
    return FileRefusedError(
        Words(
            f"The record that begins on line {begins} has a quotation mark without its pair, so "
            f"nobody can say where a cell ends ({why}). Close it, or double the one that belongs "
            "to the words, or save the file again as CSV.",
            f"Mae gan y cofnod sy’n dechrau ar linell {begins} ddyfynnod heb ei bâr, felly ni all "
            f"neb ddweud ble mae cell yn gorffen ({why}). Caewch ef, neu ddyblu’r un sy’n perthyn "
            "i’r geiriau, neu gadw’r ffeil eto fel CSV.",
        ),
        line=begins,
    )


def no_workbook(why: object) -> FileRefusedError:
    """Return the refusal of a workbook that cannot be opened."""
    return FileRefusedError(
        Words(
            f"The file looks like a workbook and cannot be opened as one ({why}). Open it in a "
            "spreadsheet program, take any password off, and save it again as XLSX, ODS or CSV.",
            f"Mae’r ffeil yn edrych fel llyfr gwaith ac ni ellir ei hagor felly ({why}). Agorwch "
            "hi mewn rhaglen taenlenni, tynnwch unrhyw gyfrinair, a’i chadw eto fel XLSX, ODS neu "
            "CSV.",
        )
    )


def no_text(line: int) -> FileRefusedError:
    """Return the refusal of bytes that are no text."""
    return FileRefusedError(
        Words(
            f"Line {line} has a zero byte, so this is no text. Save it as CSV, XLSX or ODS.",
            f"Mae gan linell {line} feit sero, felly nid testun mo hwn. Cadwch ef fel CSV, XLSX "
            "neu ODS.",
        ),
        line=line,
    )


def column_twice(column: str, line: int) -> FileRefusedError:
    """Return the refusal of a header that names a column twice."""
    return FileRefusedError(
        Words(
            f"The column “{column}” is there twice, so nobody can say which one counts. Take one "
            "out.",
            f"Mae’r golofn “{column}” yno ddwywaith, felly ni all neb ddweud pa un sy’n cyfrif. "
            "Tynnwch un.",
        ),
        line=line,
    )


def no_header(mapping: str, columns: str, looked_at: int) -> FileRefusedError:
    """Return the refusal of a file in which no line is the header of a mapping.

    Args:
        mapping: what the mapping is called.
        columns: some of the columns that it speaks of.
        looked_at: how many lines were looked at.
    """
    return FileRefusedError(
        Words(
            f"None of the first {looked_at} lines names the columns that the mapping {mapping} "
            f"speaks of ({columns} …). Is this another file, or does it need another mapping?",
            f"Nid yw’r un o’r {looked_at} llinell gyntaf yn enwi’r colofnau y mae’r mapio "
            f"{mapping} yn sôn amdanynt ({columns} …). Ai ffeil arall yw hon, neu a oes angen "
            "mapio arall arni?",
        ),
        line=1,
    )


def lacks_columns(mapping: str, missing: Sequence[tuple[str, str]], line: int) -> FileRefusedError:
    """Return the refusal of a header that lacks columns.

    Args:
        mapping: what the mapping is called.
        missing: each column that is missing, and one of the file's that may be meant, or nothing.
        line: where the header is.
    """
    en = ", ".join(
        f"“{name}”{f'; did you mean “{near}”?' if near else ''}" for name, near in missing
    )
    cy = ", ".join(
        f"“{name}”{f'; a oeddech yn meddwl “{near}”?' if near else ''}" for name, near in missing
    )
    return FileRefusedError(
        Words(
            f"The header on line {line} lacks {len(missing)} of the columns that the mapping "
            f"{mapping} needs: {en}.",
            f"Mae’r pennawd ar linell {line} heb {len(missing)} o’r colofnau sydd eu hangen ar y "
            f"mapio {mapping}: {cy}.",
        ),
        line=line,
    )


def no_mapping(names: Sequence[str]) -> FileRefusedError:
    """Return the refusal of a file that no mapping is for."""
    known = ", ".join(names)
    return FileRefusedError(
        Words(
            f"None of the mappings ({known}) is for such a file. Choose which one it is meant for, "
            "to be told what it lacks (--mapping on the command line); or write one of your own.",
            f"Nid yw’r un o’r mapiadau ({known}) ar gyfer ffeil o’r fath. Dewiswch ar gyfer pa un "
            "y’i bwriedir, i gael gwybod beth sydd ar goll (--mapping ar y llinell orchymyn); neu "
            "ysgrifennwch un eich hun.",
        )
    )


def no_rows(header_line: int, first: Words | None) -> FileRefusedError:
    """Return the refusal of a file without a row that can be taken.

    Args:
        header_line: where its header is.
        first: why the first rows were skipped, where there were any.
    """
    en = f" Every row was skipped: {first.en}." if first else ""
    cy = f" Hepgorwyd pob rhes: {first.text('cy')}." if first else ""
    return FileRefusedError(
        Words(
            f"The file has a header on line {header_line} and no row that can be taken.{en}",
            f"Mae gan y ffeil bennawd ar linell {header_line} a dim rhes y gellir ei chymryd.{cy}",
        )
    )


def half_a_file(listed: int, gone: int) -> FileRefusedError:
    """Return the refusal of a file that would end a great part of a register."""
    return FileRefusedError(
        Words(
            f"Of {listed:,} services that the register lists, {gone:,} are not in this file. That "
            "looks like a part of the list, and taking it would end all the others. If they have "
            "really gone, take it with --many-gone, or tick “many have gone” on the page.",
            f"O’r {listed:,} gwasanaeth a restrir gan y gofrestr, nid yw {gone:,} yn y ffeil hon. "
            "Mae hynny’n edrych fel rhan o’r rhestr, a byddai ei chymryd yn dod â’r lleill i gyd i "
            "ben. Os ydynt wedi mynd mewn gwirionedd, cymerwch hi gyda --many-gone, neu diciwch "
            "“mae llawer wedi mynd” ar y dudalen.",
        )
    )
