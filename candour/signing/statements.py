"""What somebody says by signing, word for word: it is kept with the signature."""

from typing import Final

from candour.engine import Words

INTENT: Final = Words(
    "I have read this document. By typing my name I sign it, and I mean my name to have the same "
    "effect as my signature by hand.",
    "Rwyf wedi darllen y ddogfen hon. Drwy deipio fy enw rwy’n ei llofnodi, a bwriadaf i’m henw "
    "gael yr un effaith â’m llofnod â llaw.",
)
