"""What is measured of a page as it stands: what is lost when it is enlarged, and what a finger or an eye would miss.

The sizes are those of WCAG 2.2: a window of 1280 × 1024 px at 200 % and 400 % (1.4.10), text twice as large on a phone
(1.4.4), text set apart (1.4.12), and what is focused seen below whatever sticks to the window (2.4.11). Targets are ours:
48 px high, in the spirit of 2.5.8 (whose exception for links within a sentence holds).
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

LEAST = 48
"""CSS pixels of height that a target has, and 24 of width."""
_SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
_LARGER = ":root { font-size: 200% !important; }"


@dataclass(frozen=True)
class View:
    """A way of looking at a page: `style` is what the person's own settings add."""

    name: str
    width: int
    height: int
    style: str = ""


VIEWS = (
    View("200 %", 640, 512),
    View("400 %", 320, 256),
    View("text set apart", 320, 740, _SPACED),
    View("text twice as large", 360, 740, _LARGER),
)

_WEAR = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
}"""

# Which elements a person can reach now: nothing hidden, nothing behind an open dialog.
_REACHED = """
  const within = document.querySelector('dialog[open]') ?? document;
  const REACHABLE = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const reached = [...within.querySelectorAll(REACHABLE)].filter((one) => !one.disabled && one.checkVisibility()
    && one.type !== 'hidden' && one.getClientRects().length);
  const told = (one) => one.outerHTML.replace(/\\s+/g, ' ').slice(0, 120);
  const shape = (one) => (one.closest('label.button, label.choice') ?? one).getBoundingClientRect();
"""
_LOST = (
    "() => {"
    + _REACHED
    + """
  const found = [];
  const root = document.documentElement;
  const boxed = (one) => {
    for (let up = one.parentElement; up; up = up.parentElement) {
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  const seen = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility()
    && !one.closest('.seen-only-by-readers, .skip, .stage, svg') && one.getClientRects().length);
  if (root.scrollWidth > innerWidth) {
    const wide = seen.filter((one) => !boxed(one) && one.getBoundingClientRect().right > innerWidth + 1);
    found.push(`scrolls sideways (${root.scrollWidth} of ${innerWidth} px): ${wide.slice(-2).map(told).join(' | ')}`);
  }
  for (const one of seen) {
    const { overflowX, overflowY, display } = getComputedStyle(one);
    if (display === 'inline' || one.matches('input, select, textarea, canvas, video, img, progress, fieldset')) continue;
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const wide = one.scrollWidth > one.clientWidth + 2 && !one.matches('summary');
    if (words && wide) found.push(`words reach out of: ${told(one)}`);
    const cut = ['hidden', 'clip'];
    if ((cut.includes(overflowY) && one.scrollHeight > one.clientHeight + 2)
      || (cut.includes(overflowX) && one.scrollWidth > one.clientWidth + 2)) {
      if (one.textContent.trim() || one.querySelector('input')) found.push(`cuts off: ${told(one)}`);
    }
  }
  const before = document.activeElement;
  for (const one of reached) {
    document.activeElement?.blur();
    one.focus();
    if (document.activeElement !== one) continue;
    const box = one.matches('[type="radio"], [type="checkbox"]') ? one.getBoundingClientRect() : shape(one);
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight - box.top) / 2];
    const top = document.elementFromPoint(x, y);
    const covers = top && !one.contains(top) && !top.contains(one) && one.closest('label') !== top.closest('label');
    if (covers) found.push(`is covered by ${told(top)}: ${told(one)}`);
    if (y < 0 || y > innerHeight) found.push(`is not scrolled to: ${told(one)}`);
  }
  if (before && before !== document.body) before.focus({ preventScroll: true });
  else document.activeElement?.blur();
  scrollTo(0, 0);
  return found;
}"""
)
_SMALL = (
    "(least) => {"
    + _REACHED
    + """
  const inSentence = (one) => {
    if (one.tagName !== 'A' || getComputedStyle(one).display !== 'inline') return false;
    const around = [...one.parentElement.childNodes].filter((node) => node !== one);
    return around.some((node) => node.textContent.trim());
  };
  return reached.filter((one) => !inSentence(one)).map((one) => [one, shape(one)])
    .filter(([, box]) => box.height < least - 0.5 || box.width < least / 2)
    .map(([one, box]) => `is ${Math.round(box.width)} × ${Math.round(box.height)} px: ${told(one)}`);
}"""
)
_MOVING = """() => {
  const probe = document.createElement('div');
  probe.innerHTML = '<span class="spinner"></span><button class="button" aria-busy="true"></button>';
  document.body.append(probe);
  const moving = document.getAnimations().length;
  const changing = [...document.querySelectorAll('*')]
    .filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length;
  probe.remove();
  return [moving, changing];
}"""
_FADED = (
    "() => {"
    + _REACHED
    + """
  const see = (colour) => !/rgba\\(.*, 0\\)|transparent/.test(colour);
  return reached.map((one) => one.closest('label.button, label.choice') ?? one).filter((one) => {
    if (!one.matches('.button, .choice, .tools button, .piece, input:not([type="file"]), select, textarea')) return false;
    if (one.matches('[type="radio"], [type="checkbox"]')) return false; // the browser draws them
    const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(one);
    return parseFloat(borderTopWidth) < 1 || borderTopStyle === 'none' || !see(borderTopColor);
  }).map((one) => `has no edge: ${told(one)}`);
}"""
)


def measured(page: Page) -> list[str]:
    """What is wrong with the page as it stands, a line each. Its size and media are as before afterwards."""
    before = page.viewport_size
    assert before
    found = []
    for view in VIEWS:
        page.set_viewport_size({"width": view.width, "height": view.height})
        page.evaluate(_WEAR, view.style)
        found += [f"{view.name}: {one}" for one in page.evaluate(_LOST)]
    page.evaluate(_WEAR, "")
    page.set_viewport_size({"width": 360, "height": 740})
    found += [f"target {one}" for one in page.evaluate(_SMALL, LEAST)]
    page.emulate_media(forced_colors="active")
    found += [f"forced colours: {one}" for one in page.evaluate(_FADED)]
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    assert page.evaluate(_MOVING)[0] >= 2, "what moves for others is not there to be stilled"
    page.emulate_media(reduced_motion="reduce")
    moving, changing = page.evaluate(_MOVING)
    page.emulate_media(reduced_motion="no-preference")
    if moving or changing:
        found.append(f"reduced motion: {moving} animations run, {changing} elements have transitions")
    page.set_viewport_size(before)
    return found
