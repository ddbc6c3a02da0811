"""Pictures with questions and right answers for each model, as files that any program can read."""
