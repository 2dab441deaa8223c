"""Visit: one tab of a real browser, and everything that goes wrong in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, Response

WATCH_POLICY = """
window.__refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
"""Runs before any script of the page, and is not subject to its policy."""
INLINE_SCHEMES = {"data", "blob", "about"}
SERIOUS = {"serious", "critical"}


@dataclass
class Visit:
    """A tab that writes down errors, dialogs, refusals of the policy and requests elsewhere."""

    context: BrowserContext
    origin: str
    errors: list[str] = field(default_factory=list)
    page: Page = field(init=False)
    may_fail: set[int] = field(default_factory=set)
    """Statuses that a page was asked for on purpose."""

    def __post_init__(self) -> None:
        self.context.add_init_script(WATCH_POLICY)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.errors.append(f"exception: {error}"))
        self.page.on("dialog", self._asked)
        self.page.on("request", self._sent)
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # The browser reports each failed request here too; `_answered` judges those.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(f"console: {message.text}")

    def _asked(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _sent(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in INLINE_SCHEMES and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.errors.append(f"request elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.may_fail:
            self.errors.append(f"{response.status} of {response.url}")

    def go(self, path: str, *, status: int = 200) -> Page:
        """Load an address of the board. The tab has no other."""
        if status >= 400:
            self.may_fail.add(status)
        answer = self.page.goto(self.origin + path)
        assert answer is not None
        assert answer.status == status, path
        return self.page

    def path(self) -> str:
        """Where the tab is, with its query."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def check(self) -> None:
        """Nothing went wrong on the page, nor on any before it."""
        refused = self.page.evaluate("window.__refused")
        assert refused == [], "the policy had to refuse something"
        assert self.errors == []

    def check_accessible(self) -> None:
        """No serious finding of axe (WCAG 2.2 AA and its best practices)."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        serious = [
            (one["id"], [node["html"][:200] for node in one["nodes"]])
            for one in found
            if one["impact"] in SERIOUS
        ]
        assert serious == []
