from pathlib import Path

from archivist.ui.settings import Settings


def test_nothing_is_remembered_without_consent(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")

    settings.theme = "dark"
    settings.sync()

    assert settings.recent == []
    assert "archivist" not in (tmp_path / "window.ini").read_text("utf-8").lower()


def test_remembered_archives_come_newest_first_and_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")

    for name in ("a", "b", "a"):
        settings.remember(tmp_path / name)

    assert Settings(tmp_path / "window.ini").recent == [tmp_path / "a", tmp_path / "b"]


def test_forgetting_leaves_no_path_in_the_file(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")
    settings.remember(tmp_path / "Coast.archivist")

    settings.forget_all()
    settings.sync()

    assert "Coast" not in (tmp_path / "window.ini").read_text("utf-8")


def test_a_file_that_somebody_spoilt_falls_back_to_defaults(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[recent]\narchives=no json\n[lock]\nidle_minutes=many\n", "utf-8")

    settings = Settings(tmp_path / "window.ini")

    assert settings.recent == []
    assert settings.idle_minutes == 15
    assert settings.theme == "system"
