"""Kinds of diffusers models that can paint, one file each; `choose` knows them all."""
