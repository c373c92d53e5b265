"""The password that everybody in a demonstration shares: four words, made anew for each site."""

from hashlib import sha256

from candour.database.home import kept_secret

# 64 words, so each stands for six bits.
_LISTED = """
acorn amber anchor apple autumn badger barley basket beacon birch bramble bridge candle canyon
cedar cherry clover cobble copper coral cricket daisy dapple ember falcon feather fennel fiddle
garden ginger granite hazel heather island ivory jasper juniper kettle lantern lemon linen
maple marble meadow mellow nettle oatmeal orchard otter pebble pepper pocket quarry quilt
ripple river saddle saffron teapot thistle timber velvet walnut willow
"""
WORDS = tuple(_LISTED.split())
COUNT = 4


def shared_password() -> str:
    """Return the demonstration's password; the same for as long as the home folder is kept.

    It is worked out from a secret of this site, so no two sites have the same.
    """
    digest = sha256(f"demonstration {kept_secret('demonstration')}".encode()).digest()
    return "-".join(WORDS[byte % len(WORDS)] for byte in digest[:COUNT])
