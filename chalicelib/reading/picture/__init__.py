"""A file becomes pixels: decoded or drawn, its page found, its quality measured."""
