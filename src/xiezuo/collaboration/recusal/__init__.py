"""Recusal: asked, answered, decided; and the register of interference."""
