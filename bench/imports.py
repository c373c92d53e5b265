"""How long 100,000 rows take to come in and go out again: `python bench/imports.py [ROWS]`.

The same made-up rows as CSV, XLSX and ODS, each taken in for a body of its own, undone and done
again, with the most memory that the process ever held. Works on a server of its own in a temporary
folder, which it removes.
"""

import csv
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from experiences import AS_OF, HEADER, rows

OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def as_csv(path: Path, lines: Iterable[list[str]]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)


def as_xlsx(path: Path, lines: Iterable[list[str]]) -> None:
    """Write rows as a workbook of Excel, as a common library does."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for number, line in enumerate(lines):
            page.write_row(number, 0, line)


def as_ods(path: Path, lines: Iterable[list[str]]) -> None:
    """Write rows as an OpenDocument workbook."""
    names = "".join(f' xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        with folder.open("content.xml", "w", force_zip64=True) as part:
            part.write(f"<office:document-content{names}><office:body>".encode())
            part.write(b'<office:spreadsheet><table:table table:name="Rows">')
            for line in lines:
                cells = "".join(
                    '<table:table-cell office:value-type="string"><text:p>'
                    f"{escape(cell)}</text:p></table:table-cell>"
                    if cell
                    else "<table:table-cell/>"
                    for cell in line
                )
                part.write(f"<table:table-row>{cells}</table:table-row>".encode())
            part.write(b"</table:table></office:spreadsheet></office:body>")
            part.write(b"</office:document-content>")


WRITERS = {"csv": as_csv, "xlsx": as_xlsx, "ods": as_ods}


def measure(count: int, folder: Path) -> None:
    """Take each kind in, undo it and do it again."""
    from candour.bodies.models import Body
    from candour.experiences.actions import import_experiences, redo_import, undo_import
    from candour.experiences.intake.mapping_files import find_mapping
    from candour.people.actor import Actor

    mapping = find_mapping("nhs-fft")
    for kind, write in WRITERS.items():
        path = folder / f"made-up.{kind}"
        write(path, [HEADER, *rows(count, random.Random(1))])
        body = Body.objects.create(name=kind, slug=kind, nation="england")
        actor = Actor.system(body)
        begun = time.perf_counter()
        report = import_experiences(path, mapping=mapping, actor=actor, as_of=AS_OF)
        assert report.taken == count, report.lines()
        assert report.batch is not None
        taken = time.perf_counter()
        undo_import(report.batch, actor=actor, as_of=AS_OF)
        undone = time.perf_counter()
        redo_import(report.batch, actor=actor, as_of=AS_OF)
        done = time.perf_counter()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 1_000_000
        print(
            f"{kind:<5} {size:6.1f} MB  taken in {taken - begun:6.1f} s  undone "
            f"{undone - taken:5.1f} s  done again {done - undone:5.1f} s  at most {memory:.0f} MB"
        )


def main() -> None:
    """Make a site in a temporary folder, measure on it, and remove it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(tempfile.mkdtemp(prefix="candour-bench-"))
    folder.chmod(0o755)
    os.environ["CANDOUR_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "candour.site.settings"
    import django

    from candour import database

    database.ensure_server()
    try:
        django.setup()
        from candour.site.schema import bring_up_to_date

        bring_up_to_date()
        measure(count, folder)
    finally:
        database.stop_server()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
