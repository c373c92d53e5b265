"""Reads workbooks (XLSX, ODS) as rows of text, piece by piece.

The file is never unpacked as a whole and no cell makes more than itself: a folder packed to swell,
a value in the sixteen-thousandth column or a row repeated a million times costs no more than
`bounds` allows. `flat.flattened` is the door.
"""
