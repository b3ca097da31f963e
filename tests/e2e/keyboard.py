"""A person who has a keyboard and no mouse: goes from stop to stop, and each stop is looked at on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

FARTHEST = 90
"""Stops within which everything on a page is reached; beyond it the focus is thought to be trapped."""
_WHERE = """(at) => {
  const INPUTS = { radio: 'radio', checkbox: 'checkbox', file: 'button' };
  const TAGS = { A: 'link', BUTTON: 'button', SELECT: 'combobox', SUMMARY: 'summary', TEXTAREA: 'textbox' };
  const typed = at.tagName === 'INPUT' ? INPUTS[at.type] ?? 'textbox' : at.tagName;
  const role = at.getAttribute('role') ?? TAGS[at.tagName] ?? typed;
  const labels = [...(at.labels ?? [])].map((one) => one.innerText).join(' ');
  const name = at.getAttribute('aria-label') ?? (labels || at.innerText);
  return [role, name.replace(/\\s+/g, ' ').trim()];
}"""
_BEFORE = """() => {
  const at = document.activeElement;
  window.berkasLast = at && at !== document.body ? [at, at.closest('label.button, label.choice') ?? at] : null;
}"""
_ARRIVED = (
    f"""() => {{
  const where = {_WHERE};
"""
    + """
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const shower = at.closest('label.button, label.choice') ?? at;
  const ringed = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const last = window.berkasLast;
  const box = shower.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const first = at.matches('.skip') || at.closest('dialog')?.querySelector('a, button, input') === at;
  return {
    stop: where(at),
    still: last?.[0] === at,
    shown: ringed(shower),
    left: !last || last[1] === shower || !ringed(last[1]),
    follows: !last || first || Boolean(last[0].compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    uncovered: Boolean(top) && (shower.contains(top) || top.contains(shower)),
    html: at.outerHTML.replace(/\\s+/g, ' ').slice(0, 120),
  };
}"""
)
_ALL = """() => {
  const within = document.querySelector('dialog[open]') ?? document.body;
  const all = [...within.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden' && one.checkVisibility());
  const chosen = (one) => one.type !== 'radio' || one === (all.find((other) => other.name === one.name && other.checked)
    ?? all.find((other) => other.name === one.name));
  return all.filter(chosen).length;
}"""


_FROM_THE_TOP = """() => {
  const top = document.querySelector('dialog[open]') ?? document.body;
  top.tabIndex = -1;
  top.focus();
  top.removeAttribute('tabindex');
}"""


@dataclass(frozen=True)
class Stop:
    """Where the focus stands: the role and name that are said there."""

    role: str
    name: str

    def __str__(self) -> str:
        return f"{self.role} {self.name}".strip()


@dataclass
class Keyboard:
    """Drives one page. `problems` collects stops that nobody could see, that lie under something, or that come out of
    their order."""

    page: Page
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Dialogs are held for good: turned on for one press only, that could come after the press on a busy machine.
        self.page.on("filechooser", lambda _: None)

    def stop(self) -> Stop | None:
        """Where the focus stands now; None: nowhere."""
        if self.page.evaluate("document.activeElement === document.body"):
            return None
        return Stop(*self.page.evaluate(f"({_WHERE})(document.activeElement)"))

    def tab(self) -> Stop | None:
        """One stop on. Looks whether the focus can be seen there."""
        self.page.evaluate(_BEFORE)
        for _ in range(FARTHEST):
            self.page.keyboard.press("Tab")
            told = self.page.evaluate(_ARRIVED)
            if told is None:
                return None
            if not told["still"]:  # a date has stops of its own inside
                break
        for good, wrong in (
            ("shown", "cannot be seen"),
            ("left", "was not left visibly"),
            ("inside", "is not scrolled to"),
            ("uncovered", "is covered"),
            ("follows", "comes out of order"),
        ):
            if not told[good]:
                self.problems.append(f"{wrong}: {told['html']}")
        return Stop(*told["stop"])

    def to(self, role: str, name: str) -> None:
        """On, stop by stop, to the one so named (its beginning is enough)."""
        passed = []
        for _ in range(FARTHEST):
            here = self.tab()
            passed.append(str(here))
            if here and here.role == role and here.name.startswith(name):
                return
        raise AssertionError(f"{role} {name!r} is not reached; passed {passed}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """What stands in the field is replaced."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose_file(self, path: str) -> None:
        """Opens the file dialog of the field in focus, as the space bar does, and chooses there."""
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(path)

    def round(self) -> list[str]:
        """Once around the page from its beginning: all stops. Nothing traps, and no stop is left out."""
        self.page.evaluate(_FROM_THE_TOP)
        wanted, stops = self.page.evaluate(_ALL), []
        while (here := self.tab()) is not None and [str(here)] != stops[:1]:
            stops.append(str(here))
            assert len(stops) <= wanted, f"the focus never leaves: {stops}"
        assert len(stops) == wanted, f"{wanted} stops, of which {stops} were reached"
        return stops
