"""The two parts of a mail: what they say and how they say it."""

from candour.documents import Letterhead, Signature, mail_bodies, read_markdown
from tests.support.pictures import picture
from tests.support.reading_back import ReadHtml

TEXT = """\
Dear Ms Pugh

## What was decided

3. *One* thing
4. Another
   - below

### By when

| Action | Owner |
|---|---|
| Train **all**\\
nurses | Manager |
| Tell families | |

---

5 < 6 & 7
"""
CONTENT = read_markdown(TEXT, language="en", title="What was decided")
HEAD = Letterhead(
    "Care Quality Partnership",
    address_lines=("Woodland House",),
    phone="029 2000 0000",
    email="quality@partnership.example",
    web="www.partnership.example",
    logo=picture(),
    footer="Registered charity",
    addressee=("12 Heol y Bont",),
    details=(("Our reference", "CV-1"),),
    signatures=(Signature("Dr Angharad Rees", "Chair", "Signed on 3 April"),),
)
SAID = """\
What was decided
================

Our reference: CV-1

Dear Ms Pugh

What was decided
----------------

3. One thing
4. Another
   - below

By when
.......

Action: Train all
nurses
Owner: Manager

Action: Tell families
Owner:

------------------------------------------------------------

5 < 6 & 7

Dr Angharad Rees
Chair
Signed on 3 April

{rule}
Care Quality Partnership
Woodland House
Phone: 029 2000 0000
Email: quality@partnership.example
Website: www.partnership.example
Registered charity
""".replace("{rule}", "-- ")  # what stands before the sender of a mail, its space with it


def test_the_text_reads_well_where_there_is_nothing_but_text() -> None:
    assert mail_bodies(CONTENT, HEAD).text == SAID


def test_the_html_has_the_structure_of_the_letter() -> None:
    page = ReadHtml(mail_bodies(CONTENT, HEAD).html)
    assert [tag for tag in page.tags if tag in {"h1", "h2", "h3", "ol", "ul", "table", "hr"}] == [
        *("h1", "h2", "ol", "ul", "h3", "table", "hr", "hr")
    ]
    assert ("ol", "start", "3") in page.attributes
    assert page.attributes.count(("th", "scope", "col")) == 2
    assert ("html", "lang", "en") in page.attributes
    assert "5 < 6 & 7" in page.text


def test_the_html_asks_for_nothing() -> None:
    page = ReadHtml(mail_bodies(CONTENT, HEAD).html)
    assert not {"img", "link", "script", "a", "style", "iframe"} & set(page.tags)
    assert not {"src", "href", "background"} & {name for _tag, name, _value in page.attributes}
    assert all("url(" not in value for _tag, name, value in page.attributes if name == "style")


def test_a_welsh_mail_speaks_welsh() -> None:
    content = read_markdown("Annwyl", language="cy", title="Beth")
    bodies = mail_bodies(content, HEAD)
    assert ("html", "lang", "cy") in ReadHtml(bodies.html).attributes
    for said in ("Ffôn: 029", "E-bost: quality@", "Gwefan: www."):
        assert said in bodies.text
        assert said in bodies.html
    for english in ("Phone", "Email", "Website"):
        assert english not in bodies.text + bodies.html
