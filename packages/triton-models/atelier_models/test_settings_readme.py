from atelier_models.settings_readme import README, tables, with_tables


def test_the_readme_has_the_settings_as_they_are():
    readme = README.read_text()
    assert with_tables(readme) == readme, "python -m atelier_models.settings_readme writes them"
    assert tables() in readme


def test_a_model_lists_what_it_has_of_its_own():
    text = tables()
    assert text.count("`queue`") == 3
    assert "`cache_bytes` | 536,870,912" in text
    assert "`trust_remote_code` | false" in text
    assert text.count("`precision`") == 1
