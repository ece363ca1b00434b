"""To press what leads to another page, and to be there.

A browser answers a press at once and comes to the page later: who looks in between sees the page that was
left, or none. So whatever leads anywhere is pressed here, and the test goes on when the page is there.
"""

from playwright.sync_api import Locator


def led_on(pressed: Locator) -> None:
    """Press this link or button, and arrive where it leads: another page, or another place on this one."""
    with pressed.page.expect_navigation():
        pressed.click()
