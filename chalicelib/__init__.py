"""Berkas: a photo becomes a case, a case becomes a fair decision. The rooms are drawn in docs/architecture.md."""
