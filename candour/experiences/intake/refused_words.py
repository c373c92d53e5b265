"""Why a file of experiences as a whole is refused, in both languages.

What is said stands where it is found out, in English; here it is known again, whatever numbers and
names are in it, and said in Welsh beside it. What only a command says is in English alone.
"""

# ruff: noqa: E501  # each text stands whole beside its translation

from collections.abc import Mapping
from typing import Final

from candour.directory.reading.reasons import in_both
from candour.engine.words import Words

# “{}” stands for a number, a name, or what a program says of a file.
WELSH: Final[Mapping[str, str]] = {
    "The file is empty.": "Mae’r ffeil yn wag.",
    "The file is saved as UTF-16 (“Unicode text”). Save it as “CSV UTF-8” and import that.": "Mae’r ffeil wedi’i chadw fel UTF-16 (“Unicode text”). Cadwch hi fel “CSV UTF-8” a mewnforiwch honno.",
    "The file is a workbook of an old kind (XLS), or locked with a password. Open it, save it as an Excel workbook (XLSX) or as “CSV UTF-8”, without a password.": "Llyfr gwaith o hen fath (XLS) yw’r ffeil, neu un wedi’i gloi â chyfrinair. Agorwch ef, a’i gadw fel llyfr gwaith Excel (XLSX) neu fel “CSV UTF-8”, heb gyfrinair.",
    "Line {} holds a zero byte (byte {} of the file), which no text does: the file is damaged or not CSV. Save it again from where it came.": "Mae gan linell {} feit sero (beit {} o’r ffeil), nad oes gan yr un testun: mae’r ffeil wedi’i difrodi neu nid CSV ydyw. Cadwch hi eto o’r lle y daeth.",
    "Line {} runs on for more than {} bytes, so this is hardly CSV.": "Mae llinell {} yn mynd ymlaen am fwy na {} beit, felly prin mai CSV yw hwn.",
    "A quotation mark opens a cell in the record that begins on line {}, and none closes it. Put a closing one, or double the one that belongs to the words.": "Mae dyfynnod yn agor cell yn y cofnod sy’n dechrau ar linell {}, ac nid oes un yn ei chau. Rhowch un i’w chau, neu dyblwch yr un sy’n perthyn i’r geiriau.",
    'Line {} has a quotation mark inside a cell that is not doubled, so the cell\'s end cannot be told. Write "" for each one that belongs to the words, or save the file again as CSV ({}).': 'Mae gan linell {} ddyfynnod y tu mewn i gell heb ei ddyblu, felly ni ellir dweud ble mae’r gell yn gorffen. Ysgrifennwch "" am bob un sy’n perthyn i’r geiriau, neu cadwch y ffeil eto fel CSV ({}).',
    "None of the first {} lines names columns that the mapping {} speaks of ({} …). Either the line with the columns' names is missing, or the file needs another mapping.": "Nid yw’r un o’r {} llinell gyntaf yn enwi colofnau y mae’r mapio {} yn sôn amdanynt ({} …). Naill ai mae’r llinell ag enwau’r colofnau ar goll, neu mae angen mapio arall ar y ffeil.",
    "The file lacks {} of the columns that the mapping {} needs: {}.": "Mae’r ffeil heb {} o’r colofnau sydd eu hangen ar y mapio {}: {}.",
    "The column “{}” is there twice, so nobody can say which one counts. Take one out, or give it another name.": "Mae’r golofn “{}” yno ddwywaith, felly ni all neb ddweud pa un sy’n cyfrif. Tynnwch un, neu rhowch enw arall arni.",
    "No line among the first {} could be the names of columns. Put a line with their names above the rows.": "Ni allai’r un llinell ymhlith y {} gyntaf fod yn enwau colofnau. Rhowch linell â’u henwau uwchben y rhesi.",
    "The file was destroyed. Send it again to take it in.": "Dinistriwyd y ffeil. Anfonwch hi eto i’w chymryd i mewn.",
    "The file cannot be unsealed: {}": "Ni ellir dadselio’r ffeil: {}",
    "No column looks like people's own words. Say with a mapping which one holds them.": "Nid oes colofn sy’n edrych fel geiriau pobl eu hunain. Dywedwch gyda mapio pa un sy’n eu dal.",
    "The file is a packed folder and no workbook (XLSX or ODS). Unpack it, and import what is in it.": "Ffolder wedi’i bacio yw’r ffeil ac nid llyfr gwaith (XLSX neu ODS). Dadbaciwch ef, a mewnforiwch yr hyn sydd ynddo.",
    "The workbook has no sheet “{}”{}. It has: {}.": "Nid oes gan y llyfr gwaith daflen “{}”{}. Mae ganddo: {}.",
    "The sheet has more than {} rows. Split it.": "Mae gan y daflen fwy na {} rhes. Rhannwch hi.",
    "Row {} has a value beyond column {}, and no more than {} columns are read. Take out the columns that say nothing.": "Mae gan res {} werth y tu hwnt i golofn {}, ac ni ddarllenir mwy na {} colofn. Tynnwch y colofnau nad ydynt yn dweud dim.",
    "The workbook cannot be read: it is damaged or locked with a password. Open it in the program that made it, save it without a password, and import that.": "Ni ellir darllen y llyfr gwaith: mae wedi’i ddifrodi neu wedi’i gloi â chyfrinair. Agorwch ef yn y rhaglen a’i gwnaeth, cadwch ef heb gyfrinair, a mewnforiwch hwnnw.",
    "Unpacked, the workbook would grow beyond measure, so it was not read. Save the sheet as “CSV UTF-8” and import that.": "O’i ddadbacio, byddai’r llyfr gwaith yn tyfu y tu hwnt i fesur, felly ni chafodd ei ddarllen. Cadwch y daflen fel “CSV UTF-8” a mewnforiwch honno.",
    "The workbook is damaged ({}, line {}). Open it, save it again and import that.": "Mae’r llyfr gwaith wedi’i ddifrodi ({}, llinell {}). Agorwch ef, cadwch ef eto a mewnforiwch hwnnw.",
    "A mapping that comes with Candour is called “{}”. Choose another.": "Mae mapio sy’n dod gyda Candour o’r enw “{}”. Dewiswch un arall.",
}


def words_of(message: str) -> Words:
    """Return why a file is refused in both languages; in English alone if it is none of these.

    Args:
        message: as the error says it, or as it was kept.
    """
    return in_both(message, WELSH)
