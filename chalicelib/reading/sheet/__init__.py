"""The family card (KK): its page laid flat, its head, its members."""
