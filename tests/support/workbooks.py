"""Workbooks made as a test needs them: XLSX by hand or by xlsxwriter, ODS by hand."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a packed folder of these parts, in order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in parts.items():
            folder.writestr(name, content)
    return made.getvalue()


def xlsx(
    sheet: str, *, shared: Iterable[str] = (), styles: str = "", book: str = "", after: str = ""
) -> bytes:
    """Return a workbook of one sheet, whose rows are given as XML.

    Args:
        sheet: what stands between the tags of the rows.
        shared: the texts that cells speak of by number.
        styles: the formats of cells, as XML.
        book: what stands before the sheets, such as which system of days there is.
        after: what stands after the rows, such as merged cells.
    """
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{book}<sheets>'
            '<sheet name="Answers" sheetId="1" r:id="s1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="s1" Type="{RELATIONS}/worksheet" Target="/xl/worksheets/one.xml"/>'
            f'<Relationship Id="s2" Type="{RELATIONS}/sharedStrings" Target="texts.xml"/>'
            f'<Relationship Id="s3" Type="{RELATIONS}/styles" Target="styles.xml"/>'
            "</Relationships>",
            "xl/texts.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
            "xl/worksheets/one.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData>'
            f"{after}</worksheet>",
        }
    )


def written(path: Path, rows: Iterable[Iterable[object]], *, sheet: str = "Answers") -> Path:
    """Return the path of a workbook that a common library wrote."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def ods(*sheets: str, before: str = "") -> bytes:
    """Return an ODS workbook whose tables are given as XML; ``before`` stands before them."""
    names = "".join(f' xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    extra = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{OPEN}:manifest:1.0"/>',
            "content.xml": f"<office:document-content{names}{extra}><office:body>"
            f"<office:spreadsheet>{before}{''.join(sheets)}</office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def table(rows: str, name: str = "Answers") -> str:
    """Return a table of an ODS workbook."""
    return f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"


def row(*cells: str, times: int = 1) -> str:
    """Return a row of an ODS table; a cell is its text, or XML where it begins so."""
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    written = (
        cell
        if cell.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
        "</table:table-cell>"
        if cell
        else "<table:table-cell/>"
        for cell in cells
    )
    return f"<table:table-row{repeated}>{''.join(written)}</table:table-row>"
