"""Compound tasks for the agent on Blockworld, and a judge without a model that says whether they were done."""
