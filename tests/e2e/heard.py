"""What a person hears who does not see the page: the browser's own accessibility tree, read out line by line, and what
live regions say by themselves.

A line is `role "name" (description) [states]`; text that belongs to a name is not repeated. A script in a test lists
lines that must be heard in that order; what else is said between them does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

LISTENER = """(() => {
  const LIVE = '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"], output';
  window.berkasSaid = [];
  const say = (host) => {
    const text = host.checkVisibility() ? host.innerText.replace(/\\s+/g, ' ').trim() : '';
    if (text && window.berkasSaid.at(-1) !== text) window.berkasSaid.push(text);
  };
  new MutationObserver((records) => {
    const hosts = new Set();
    for (const { target, addedNodes } of records) {
      const host = (target.nodeType === 1 ? target : target.parentElement)?.closest(LIVE);
      if (host) hosts.add(host);
      for (const node of addedNodes) if (node.nodeType === 1 && node.matches('[role="alert"]')) hosts.add(node);
    }
    hosts.forEach(say);
  }).observe(document, { subtree: true, childList: true, characterData: true });
})()"""
"""Runs before the page does. A region speaks when its content changes while it is shown, not when it only appears."""
_SILENT = {
    "none",
    "generic",
    "InlineTextBox",
    "LineBreak",
    "LabelText",
    "Legend",
    "Figcaption",
    "paragraph",
    "strong",
}
_WHOLE = {
    "heading",
    "link",
    "button",
    "tab",
    "radio",
    "checkbox",
    "image",
    "option",
    "columnheader",
    "DisclosureTriangle",
}
"""Their content is their name; what lies inside is not read again."""
_ROLES = {"RootWebArea": "page", "StaticText": "text", "DisclosureTriangle": "summary"}
_STATES = (
    "invalid",
    "busy",
    "expanded",
    "checked",
    "pressed",
    "selected",
    "disabled",
    "focused",
    "required",
    "readonly",
)


def listen(page: Page) -> None:
    """From the next page on, what live regions say is written down."""
    page.context.add_init_script(LISTENER)


def said(page: Page) -> list[str]:
    """What live regions have said since the page was opened."""
    heard: list[str] = page.evaluate("window.berkasSaid")
    return heard


def heard(page: Page) -> list[str]:
    """The page read out from top to bottom."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    return list(_lines(next(iter(nodes.values())), nodes, ""))


def _lines(node: dict[str, Any], nodes: dict[str, dict[str, Any]], around: str) -> Iterator[str]:
    role = node.get("role", {}).get("value", "")
    name = " ".join(node.get("name", {}).get("value", "").split())
    spoken = not node["ignored"] and role not in _SILENT
    if spoken and not (role == "StaticText" and (not name or name == around)):
        yield _line(node, role, name)
    if spoken and role in _WHOLE:
        return
    for child in node.get("childIds", []):
        if child in nodes:
            yield from _lines(nodes[child], nodes, name if spoken else around)


def _line(node: dict[str, Any], role: str, name: str) -> str:
    properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    level = f" {properties['level']}" if role == "heading" else ""
    line = f"{_ROLES.get(role, role)}{level}"
    if name:
        line += f' "{name}"'
    if description := " ".join(node.get("description", {}).get("value", "").split()):
        line += f" ({description})"
    if states := [state for state in _STATES if properties.get(state) in (True, "true", "mixed")]:
        line += f" [{', '.join(states)}]"
    return line


def follows(lines: list[str], script: str) -> str:
    """Empty where each line of `script` is among `lines`, in its order; else what was looked for in vain, and where."""
    at = 0
    for wanted in (line.strip() for line in script.strip().splitlines()):
        try:
            at = lines.index(wanted, at) + 1
        except ValueError:
            return f"{wanted!r} is not heard after {lines[max(0, at - 1)]!r}; then come\n" + "\n".join(
                lines[at:]
            )
    return ""
