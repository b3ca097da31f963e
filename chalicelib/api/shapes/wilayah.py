"""Regions, as the picker walks down them."""

from __future__ import annotations

from chalicelib.api.shapes.shared import Region, Shape


class Parent(Region):
    path: list[str]


class Regions(Shape):
    parent: Parent | None
    items: list[Region]
